import { expect, it } from 'vitest';
import { exitCodes } from './exit-codes.ts';
import { renderHelp, renderOverview } from './help.ts';
import { commands } from './root.ts';

it('shows every command and every exit code', () => {
  const text = renderOverview(commands, []);
  for (const { path, summary } of commands) {
    expect(text).toContain(`  ${path.join(' ')}`);
    expect(text).toContain(summary);
  }
  for (const code of Object.values(exitCodes)) expect(text).toMatch(new RegExp(`^  ${code} `, 'm'));
});

it.each(commands.map((command) => [command.path.join(' '), command] as const))(
  'describes plinth %s',
  (name, command) => {
    const text = renderHelp(command);
    expect(text).toMatch(new RegExp(`^Usage: plinth ${name}`));
    for (const option of [...Object.keys(command.options), 'json', 'help']) expect(text).toContain(`--${option}`);
    for (const argument of command.arguments) expect(text).toContain(`<${argument.name}>`);
  },
);
