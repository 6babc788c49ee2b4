// Prints what tauri.conf.json cannot know before the program is built, as configuration to merge: the file of others'
// licences, and on Linux the oldest glibc (`node config.cjs 2.35`) that has every function the program calls.

const { deb, rpm } = require('../../tauri.conf.json').bundle.linux;

const glibc = process.argv[2];
const word = process.arch.endsWith('64') ? '(64bit)' : '';
const linux = {
  deb: { depends: [...deb.depends, `libc6 (>= ${glibc})`] },
  rpm: { depends: [...rpm.depends, `libc.so.6(GLIBC_${glibc})${word}`] },
};
const resources = { 'gen/package/third-party.txt': 'third-party.txt' };
console.log(JSON.stringify({ bundle: { resources, ...(glibc ? { linux } : {}) } }));
