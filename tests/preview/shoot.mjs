// Scenes -> pictures: node shoot.mjs SCENES.json FOLDER [NAME...]. One for each scene, or those named, theme and width.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { buildSync } from 'esbuild';
import puppeteer from 'puppeteer-core';

import { sceneHtml } from './message.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const THEMES = { dark: '#313338', light: '#ffffff' };
const WIDTHS = {
  desktop: { width: 820, deviceScaleFactor: 1.5 },
  phone: { width: 390, deviceScaleFactor: 2, isMobile: true },
};
const DIALOG_HEIGHT = 640;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const BROWSER = execFileSync('sh', ['-c', 'command -v "${CHROMIUM:-chromium}"'], { encoding: 'utf-8' }).trim();

const [scenesFile, folder, ...names] = process.argv.slice(2);
const all = JSON.parse(readFileSync(scenesFile, 'utf-8'));
const scenes = names.length ? all.filter((scene) => names.includes(scene.name)) : all;
const work = mkdtempSync(join(tmpdir(), 'purgebot-preview-'));
try {
  bundle(work);
  mkdirSync(folder, { recursive: true });
  await shootAll(work);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function bundle(outdir) {
  buildSync({
    entryPoints: [join(HERE, 'components.mjs')],
    bundle: true,
    outdir,
    format: 'iife',
    loader: { '.woff2': 'dataurl', '.woff': 'empty' },
    logLevel: 'error',
  });
}

/** One browser for each look: a tab in the background draws nothing. */
async function shootAll(work) {
  const looks = Object.keys(THEMES).flatMap((theme) => Object.keys(WIDTHS).map((width) => ({ theme, width })));
  await Promise.all(looks.map((look) => shootLook(work, look)));
}

async function shootLook(work, look) {
  const browser = await puppeteer.launch({ executablePath: BROWSER, args: FLAGS, headless: true });
  try {
    for (const scene of scenes) await shoot(browser, work, scene, look);
  } finally {
    await browser.close();
  }
}

async function shoot(browser, work, scene, { theme, width }) {
  const file = join(work, `${theme}-${width}.html`);
  writeFileSync(file, pageHtml(scene, theme, width));
  const page = await browser.newPage();
  const height = scene.modal ? DIALOG_HEIGHT : 1;
  await page.setViewport({ ...WIDTHS[width], height });
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  await page.evaluate(settle, Boolean(scene.modal));
  const path = join(folder, `${scene.name}-${width}-${theme}.png`);
  await page.screenshot({ path, fullPage: true });
  await page.close();
}

/** Runs in the page: wait for the components and the fonts, open the dialog. */
async function settle(hasModal) {
  const parts = [...document.querySelectorAll('*')].filter((part) => part.updateComplete);
  await Promise.all(parts.map((part) => part.updateComplete));
  for (const input of document.querySelectorAll('discord-input-text')) {
    input.shadowRoot.querySelector('.discord-label-input-text').style.display = 'none';
  }
  if (hasModal) {
    const shadow = document.querySelector('discord-modal').shadowRoot;
    shadow.querySelector('dialog').showModal();
    shadow.querySelector('.discord-modal-box').style.display = 'flex';
    shadow.querySelector('.discord-modal-root').style.width = `${Math.min(440, innerWidth - 16)}px`;
    document.activeElement.blur();
  }
  await document.fonts.ready;
  await new Promise((done) => setTimeout(done, hasModal ? 500 : 100));
}

function pageHtml(scene, theme, width) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${scene.name}</title><link rel="stylesheet" href="components.css">
<body class="${theme} ${width}" style="background: ${THEMES[theme]}">${sceneHtml(scene, theme, width)}<script src="components.js"></script></body></html>`;
}
