// Prints what packages have to say of work by others that the program is made of: every crate, JavaScript package and
// font in it, its licence, and each licence text once. Needs cargo, node, and ui/node_modules.

const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { dirname, join } = require('node:path');

const ROOT = join(__dirname, '../..');
const LICENCE_FILE = /^(licen[cs]e|copying|notice|copyright|unlicense|ofl)/i;

/** The crates that end up in the program: what `aloud` needs on this system, without what only builds or tests it. */
function crates(target) {
  const args = ['metadata', '--format-version', '1', '--locked', '--filter-platform', target];
  const read = execFileSync('cargo', args, { cwd: ROOT, maxBuffer: 1 << 28 });
  const { packages, resolve } = JSON.parse(read);
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const open = [packages.find(({ name }) => name === 'aloud').id];
  const reached = new Set(open);
  for (let id; (id = open.pop()); ) {
    const normal = nodes.get(id).deps.filter((dep) => dep.dep_kinds.some(({ kind }) => kind === null));
    for (const { pkg } of normal.filter(({ pkg }) => !reached.has(pkg))) {
      reached.add(pkg);
      open.push(pkg);
    }
  }
  return packages
    .filter(({ id, source }) => reached.has(id) && source !== null)
    .map(({ name, version, license, authors, manifest_path }) => ({
      name: `${name} ${version}`,
      license: license ?? 'see below',
      authors,
      folder: dirname(manifest_path),
    }));
}

/** The packages in the window's pages: dependencies of the UI, and Svelte's runtime, which is compiled into it. */
function pages() {
  const lock = JSON.parse(readFileSync(join(ROOT, 'ui/package-lock.json'), 'utf8')).packages;
  const shipped = Object.entries(lock).filter(([path, { dev }]) => path && (!dev || path === 'node_modules/svelte'));
  return shipped.map(([path, { version, license }]) => ({
    name: `${path.replace('node_modules/', '')} ${version}`,
    license,
    authors: [],
    folder: join(ROOT, 'ui', path),
  }));
}

/** The licence texts in a package's folder. */
function texts(folder) {
  if (!existsSync(folder)) throw new Error(`${folder} is missing; run \`npm ci\` in ui/`);
  const files = readdirSync(folder, { withFileTypes: true });
  return files
    .filter((file) => file.isFile() && LICENCE_FILE.test(file.name))
    .map((file) => readFileSync(join(folder, file.name), 'utf8').replaceAll('\r\n', '\n').trim());
}

const host = /^host: (.*)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' }))[1];
const parts = [...crates(process.argv[2] ?? host), ...pages()].sort((a, b) => (a.name < b.name ? -1 : 1));
const named = new Map();
for (const part of parts) {
  for (const text of texts(part.folder)) named.set(text, [...(named.get(text) ?? []), part.name]);
}

const rule = '-'.repeat(80);
const out = ['Aloud is made of these works too, each under its own licence.', ''];
for (const { name, license, authors } of parts) {
  out.push(`${name}: ${license}${authors.length ? ` (${authors.join(', ')})` : ''}`);
}
for (const [text, names] of named) out.push('', rule, names.join(', '), rule, '', text);
process.stdout.write(`${out.join('\n')}\n`);
