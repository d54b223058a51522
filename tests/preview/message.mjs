// Discord's JSON of messages and dialogs -> HTML of the message components.
import { escapeHtml, markdownHtml } from './markdown.mjs';

const BUTTONS = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive', 5: 'secondary' };
const ROW = 1;
const BUTTON = 2;
const SELECTS = [3, 5, 6, 7, 8];
const TEXT_INPUT = 4;
const TEXT_DISPLAY = 10;
const LABEL = 18;
const SMALL_FACE = (letter, colour) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colour}"/>` +
      `<text x="20" y="28" font-family="sans-serif" font-size="22" fill="white" text-anchor="middle">${letter}</text></svg>`,
  )}`;
const BOT = { author: 'Purgebot', avatar: SMALL_FACE('P', '#4e5d94') };
const MEMBER = { author: 'ada', avatar: SMALL_FACE('a', '#3ba55c') };

const REPLY_CHARS = 20;
const PICTURE = { desktop: [550, 350], phone: [300, 500] };
// The largest width and height at which one attached picture is shown, in CSS pixels; desktop as measured in Discord.

/**
 * Write what a member sees of one exchange.
 * `scene` is {said, command, message, modal}: what the member wrote, or the command used; the bot's message; a dialog.
 */
export function sceneHtml(scene, theme, width) {
  const light = theme === 'light' ? ' light-theme' : '';
  const parts = [scene.said ? saidHtml(scene.said) : '', scene.message ? replyHtml(scene, light, PICTURE[width]) : ''];
  const talk = parts.join('') ? `<discord-messages${light} no-background>${parts.join('')}</discord-messages>` : '';
  return talk + (scene.modal ? modalHtml(scene.modal, light) : '');
}

function saidHtml(text) {
  return `<discord-message ${attributes(MEMBER)} timestamp="12:00">${markdownHtml(text)}</discord-message>`;
}

function replyHtml({ said, command, message }, light, picture) {
  const given = { ...BOT, bot: true, timestamp: '12:00', ephemeral: Boolean(message.flags & 64) };
  const above = command
    ? `<discord-command slot="reply" ${attributes({ ...MEMBER, command })}${light}></discord-command>`
    : said
      ? `<discord-reply slot="reply" ${attributes({ ...MEMBER, 'role-color': light ? '#4f5660' : '#b9bbbe' })}${light}>` +
        `${escapeHtml(said.slice(0, REPLY_CHARS))}…</discord-reply>`
      : '';
  return (
    `<discord-message ${attributes(given)}>${above}${markdownHtml(message.content ?? '')}` +
    (message.embeds ?? []).map(embedHtml).join('') +
    filesHtml(message, picture) +
    `${rowsHtml(message.components ?? [])}</discord-message>`
  );
}

function embedHtml(embed) {
  const colour = embed.color === undefined ? '' : `#${embed.color.toString(16).padStart(6, '0')}`;
  const given = {
    slot: 'embeds',
    color: colour,
    'embed-title': embed.title,
    url: embed.url,
    'author-name': embed.author?.name,
    image: embed.image?.data ?? embed.image?.url,
  };
  const fields = (embed.fields ?? []).map(
    (field) =>
      `<discord-embed-field field-title="${escapeHtml(field.name)}"${field.inline ? ' inline' : ''}>` +
      `${markdownHtml(field.value)}</discord-embed-field>`,
  );
  return (
    `<discord-embed ${attributes(given)}>` +
    slotHtml('description', embed.description && markdownHtml(embed.description)) +
    slotHtml('fields', fields.join('')) +
    slotHtml('footer', embed.footer?.text && escapeHtml(embed.footer.text)) +
    '</discord-embed>'
  );
}

function slotHtml(name, html) {
  const tag = `discord-embed-${name}`;
  return html ? `<${tag} slot="${name}">${html}</${tag}>` : '';
}

/** Write the attached pictures that no embed shows. */
function filesHtml(message, picture) {
  const shown = (message.embeds ?? []).map((embed) => embed.image?.url ?? '');
  const loose = (message.attachments ?? []).filter((file) => !shown.some((url) => url.endsWith(`/${file.filename}`)));
  const pictures = loose.map((file) => {
    const given = { url: file.data, alt: file.description, ...fitted(file, picture) };
    return `<discord-image-attachment ${attributes(given)}></discord-image-attachment>`;
  });
  return pictures.length ? `<discord-attachments slot="attachments">${pictures.join('')}</discord-attachments>` : '';
}

function fitted(file, [width, height]) {
  const scale = Math.min(1, width / file.width, height / file.height);
  return { width: Math.round(file.width * scale), height: Math.round(file.height * scale) };
}

function rowsHtml(rows) {
  const inner = rows.map((row) => `<discord-action-row>${row.components.map(controlHtml).join('')}</discord-action-row>`);
  return inner.length ? `<discord-attachments slot="components">${inner.join('')}</discord-attachments>` : '';
}

function controlHtml(control) {
  if (control.type === BUTTON) {
    const given = { type: BUTTONS[control.style], url: control.url, disabled: control.disabled };
    const label = [control.emoji?.name, control.label].filter(Boolean).join(' ');
    return `<discord-button ${attributes(given)}>${escapeHtml(label)}</discord-button>`;
  }
  if (SELECTS.includes(control.type)) {
    const given = { placeholder: control.placeholder, disabled: control.disabled };
    return `<discord-string-select-menu ${attributes(given)}></discord-string-select-menu>`;
  }
  throw new Error(`tests/preview/message.mjs does not know components of type ${control.type}; write it there`);
}

function modalHtml(modal, light) {
  const given = { ...BOT, 'modal-title': modal.title, 'modal-id': 'modal', open: true };
  return `<discord-modal ${attributes(given)}${light}>${modal.components.map((part) => questionHtml(part, light)).join('')}</discord-modal>`;
}

/** Write one question of a dialog: a row with an input, a label around one, or text. */
function questionHtml(part, light) {
  if (part.type === ROW) return part.components.map((inner) => inputHtml(inner, inner.label, '', light)).join('');
  if (part.type === LABEL) return inputHtml(part.component, part.label, part.description ?? '', light);
  if (part.type === TEXT_DISPLAY) return `<p class="in-dialog">${markdownHtml(part.content)}</p>`;
  throw new Error(`tests/preview/message.mjs does not know components of type ${part.type}; write it there`);
}

function inputHtml(input, label, description, light) {
  const note = description ? `<p class="in-dialog small">${escapeHtml(description)}</p>` : '';
  const above = `<div class="in-dialog"><b>${escapeHtml(label)}</b>${input.required ? '<b class="required"> *</b>' : ''}${note}</div>`;
  if (input.type !== TEXT_INPUT) {
    const options = (input.options ?? []).map(optionHtml).join('');
    return `${above}<ul class="in-dialog choices">${options}</ul>`;
  }
  const given = {
    type: input.style === 2 ? 'paragraph' : 'short',
    label, // the component will not do without it; shoot.mjs hides it, since Discord's stands above the description
    placeholder: input.placeholder,
    'max-length': input.max_length,
    'default-value': input.value,
  };
  return `${above}<discord-input-text ${attributes(given)}${light}></discord-input-text>`;
}

function optionHtml(option) {
  const note = option.description ? `<br><small>${escapeHtml(option.description)}</small>` : '';
  return `<li>${escapeHtml(option.label)}${note}</li>`;
}

function attributes(given) {
  const kept = Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false);
  return kept.map(([name, value]) => (value === true ? name : `${name}="${escapeHtml(value)}"`)).join(' ');
}
