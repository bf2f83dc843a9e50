// Copies nhsuk-frontend from node_modules to wwwroot/lib, where the build embeds it in the program.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

const from = 'node_modules/nhsuk-frontend/dist/nhsuk';
const to = 'wwwroot/lib/nhsuk';

rmSync(to, { recursive: true, force: true });
mkdirSync(`${to}/images`, { recursive: true });

// The font rules fetch from a host outside: that would tell it who reads what, and the font is licensed to the NHS only.
const css = readFileSync(`${from}/nhsuk-frontend.min.css`, 'utf8')
  .replace(/@font-face\{[^}]*\}/g, '')
  .replaceAll('/assets/images/', 'images/')
  .replace(/\/\*# sourceMappingURL=.*?\*\//g, '');
if (/https?:\/\//.test(css)) {
  throw new Error('nhsuk-frontend.min.css still points to a host outside; see build-assets.mjs');
}
writeFileSync(`${to}/nhsuk-frontend.min.css`, css);

const script = readFileSync(`${from}/nhsuk-frontend.min.js`, 'utf8').replace(/\/\/# sourceMappingURL=.*\n?/g, '');
writeFileSync(`${to}/nhsuk-frontend.min.js`, script);

for (const image of readdirSync(`${from}/assets/images`).filter((name) => css.includes(`images/${name}`))) {
  cpSync(`${from}/assets/images/${image}`, `${to}/images/${image}`);
}
