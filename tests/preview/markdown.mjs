// Discord Markdown -> HTML made of the message components. The parser knows no lists and links with a text only
// in embeds; Discord shows both in every message of a bot.
import parser from 'discord-markdown-parser';

const { SimpleMarkdown, rulesExtended } = parser;
const BULLET = /^( *)(?:[-*]|\d+\.) +([^\n]+)(?:\n|$)/;

const list = {
  order: SimpleMarkdown.defaultRules.blockQuote.order - 0.5,
  match(source, state) {
    const atLineStart = !state.prevCapture || state.prevCapture[0].endsWith('\n');
    if (!atLineStart || state.inList) return null;
    const lines = [];
    let rest = source;
    for (let found; (found = BULLET.exec(rest)); rest = rest.slice(found[0].length)) lines.push(found);
    if (!lines.length) return null;
    const whole = source.slice(0, source.length - rest.length);
    const capture = whole.endsWith('\n') ? [whole, '\n'] : [whole]; // the heading's rule looks for this end
    return Object.assign(capture, { items: lines.map((line) => line[2]), ordered: /^ *\d/.test(source) });
  },
  parse: ({ items, ordered }, parse, state) => ({
    ordered,
    items: items.map((item) => parse(item, { ...state, inList: true })),
  }),
};

const parse = SimpleMarkdown.parserFor({ ...rulesExtended, list });

const TAGS = {
  strong: 'discord-bold',
  em: 'discord-italic',
  underline: 'discord-underlined',
  strikethrough: 's',
  spoiler: 'discord-spoiler',
  subtext: 'discord-subscript',
  blockQuote: 'discord-quote',
};
const MENTIONS = { user: '@member', role: '@role', channel: '#channel', everyone: '@everyone', here: '@here' };

/** Write a text of Discord Markdown as HTML. */
export function markdownHtml(text) {
  return nodesHtml(parse(text, { inline: true }));
}

/** Make a text harmless in HTML. */
export function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function nodesHtml(nodes) {
  return [nodes].flat().map(nodeHtml).join('');
}

function nodeHtml(node) {
  const write = WRITERS[node.type];
  if (write) return write(node);
  if (TAGS[node.type]) return `<${TAGS[node.type]}>${nodesHtml(node.content)}</${TAGS[node.type]}>`;
  if (MENTIONS[node.type]) return `<discord-mention>${MENTIONS[node.type]}</discord-mention>`;
  throw new Error(`tests/preview/markdown.mjs does not know '${node.type}'; write it there`);
}

const WRITERS = {
  text: (node) => escapeHtml(node.content),
  emoticon: (node) => escapeHtml(node.content),
  twemoji: (node) => escapeHtml(node.name),
  emoji: (node) => escapeHtml(`:${node.name}:`),
  br: () => '<br>',
  newline: () => '<br>',
  link: linkHtml,
  url: linkHtml,
  autolink: linkHtml,
  inlineCode: (node) => `<discord-code>${escapeHtml(node.content)}</discord-code>`,
  codeBlock: (node) => `<discord-pre>${escapeHtml(node.content)}</discord-pre>`,
  heading: (node) => `<discord-header level="${node.level}">${nodesHtml(node.content)}</discord-header>`,
  timestamp: (node) => `<discord-time>${escapeHtml(timeText(node))}</discord-time>`,
  slashCommand: (node) => `<discord-mention type="slash">${escapeHtml(node.fullName ?? node.name)}</discord-mention>`,
  list: listHtml,
};

function linkHtml(node) {
  return `<discord-link href="${escapeHtml(node.target)}">${nodesHtml(node.content)}</discord-link>`;
}

function listHtml(node) {
  const tag = node.ordered ? 'discord-ordered-list' : 'discord-unordered-list';
  const items = node.items.map((item) => `<discord-list-item>${nodesHtml(item)}</discord-list-item>`);
  return `<${tag}>${items.join('')}</${tag}>`;
}

function timeText(node) {
  const style = node.format === 'd' || node.format === 'D' ? {} : { timeStyle: 'short' };
  const options = { dateStyle: 'long', timeZone: 'UTC', ...style };
  return new Date(Number(node.timestamp) * 1000).toLocaleString('en-GB', options);
}
