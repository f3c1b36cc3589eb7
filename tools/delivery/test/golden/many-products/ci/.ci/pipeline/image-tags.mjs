// Rendered by plinth from the platform description. Do not edit: change the description.
import { readFileSync, writeFileSync } from 'node:fs';

const [mode, ...words] = process.argv.slice(2);
const modes = { revision, tag, set, copy };
if (!Object.hasOwn(modes, mode ?? '')) fail('Usage: image-tags.mjs revision|tag|set|copy …');
modes[mode](...words);

function revision(file) {
  console.log(/^# revision: ([0-9a-f]+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '');
}

function tag(file, repository) {
  const found = readTags(readFileSync(file, 'utf8')).get(repository);
  if (found === undefined) fail(file + ' does not name ' + repository);
  console.log(found);
}

function set(file, commit, newTag, ...repositories) {
  if (!/^[0-9a-f]{7,64}$/.test(commit)) fail(commit + ' is no commit');
  write(file, new Map(repositories.map((repository) => [repository, newTag])), commit);
}

function copy(from, to) {
  const text = readFileSync(from, 'utf8');
  const tags = readTags(text);
  if (tags.size === 0) fail(from + ' names no image');
  write(to, tags, /^# revision: ([0-9a-f]+)$/m.exec(text)?.[1]);
}

function write(file, tags, commit) {
  for (const value of tags.values()) {
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(value)) fail(value + ' is no tag');
  }
  const missing = new Set(tags.keys());
  let name;
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => commit === undefined || !line.startsWith('# revision: '))
    .map((line) => {
      name = /^\s*-? *name: *['"]?([^'"\s]+)['"]? *$/.exec(line)?.[1] ?? name;
      const found = /^(\s*-? *newTag: *)/.exec(line);
      if (found === null || name === undefined || !tags.has(name)) return line;
      missing.delete(name);
      return found[1] + "'" + tags.get(name) + "'";
    });
  if (missing.size > 0) fail(file + ' does not name ' + [...missing].join(', '));
  const heading = lines.findIndex((line) => !line.startsWith('#'));
  if (commit !== undefined) lines.splice(heading, 0, '# revision: ' + commit);
  writeFileSync(file, lines.join('\n'));
}

function readTags(text) {
  const tags = new Map();
  let name;
  for (const line of text.split('\n')) {
    name = /^\s*-? *name: *['"]?([^'"\s]+)['"]? *$/.exec(line)?.[1] ?? name;
    const value = /^\s*-? *newTag: *['"]?([^'"\s]+)['"]? *$/.exec(line)?.[1];
    if (value !== undefined && name !== undefined) tags.set(name, value);
  }
  return tags;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
