// Rendered by plinth from the platform description. Do not edit: change the description.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const git = (...words) => execFileSync('git', words, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const tags = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-v:refname').split('\n');
const previous = tags.find((tag) => /^v\d+\.\d+\.\d+$/.test(tag)) ?? '';
const range = previous === '' ? 'HEAD' : previous + '..HEAD';
const commits = git('log', '--no-merges', '--format=%h%x1f%s%x1f%b%x1e', range)
  .split('\x1e')
  .flatMap((entry) => {
    const [hash = '', subject = '', body = ''] = entry.trim().split('\x1f');
    const parts = /^([a-z]+)(?:\(([a-z0-9-]+)\))?(!?): (.+)$/.exec(subject);
    if (parts === null) return [];
    const [, type, scope = '', mark, text] = parts;
    return [{ hash, type, scope, text, breaks: mark === '!' || /^BREAKING[ -]CHANGE: /m.test(body) }];
  });

const titles = { feat: 'Added', fix: 'Fixed', perf: 'Faster' };
const step = commits.some(({ breaks }) => breaks) ? 0 : commits.some(({ type }) => type === 'feat') ? 1 : 2;
const needed = commits.some(({ breaks, type }) => breaks || Object.hasOwn(titles, type));
const numbers = previous === '' ? [0, 0, 0] : previous.slice(1).split('.').map(Number);
// Before 1.0.0 a breaking change raises the minor version (semver.org, item 4).
const raised = step === 0 && numbers[0] === 0 ? 1 : step;
const next = numbers.map((number, index) => (index < raised ? number : index === raised ? number + 1 : 0));
const version = needed ? 'v' + next.join('.') : '';

const line = ({ hash, scope, text }) => '- ' + (scope === '' ? '' : '**' + scope + '**: ') + text + ' (' + hash + ')';
const section = (title, list) => (list.length === 0 ? [] : ['## ' + title, '', ...list.map(line), '']);
const changelog = [
  ...section('Breaking changes', commits.filter(({ breaks }) => breaks)),
  ...Object.entries(titles).flatMap(([type, title]) => section(title, commits.filter((commit) => commit.type === type && !commit.breaks))),
];
writeFileSync(join(process.argv[2] ?? '.', 'changelog.md'), changelog.join('\n'));
console.log('version=' + version);
console.log('previous=' + previous);
