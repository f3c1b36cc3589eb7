import { auditLogVerifyCommand } from '../commands/audit-log/audit-log.command.ts';
import { callCommand } from '../commands/call/call.command.ts';
import { checkCommand } from '../commands/check/check.command.ts';
import { createAppCommand, createServiceCommand } from '../commands/create/create.command.ts';
import { diffCommand } from '../commands/diff/diff.command.ts';
import { doctorCommand } from '../commands/doctor/doctor.command.ts';
import { explainCommand } from '../commands/explain/explain.command.ts';
import { importAccessLogCommand } from '../commands/import-access-log/import-access-log.command.ts';
import { migrateStatusCommand, migrateUpCommand } from '../commands/migrate/migrate.command.ts';
import { renderCommand } from '../commands/render/render.command.ts';
import { secretsCommand } from '../commands/secrets/secrets.command.ts';
import { serveCommand } from '../commands/serve/serve.command.ts';
import { showCommand } from '../commands/show/show.command.ts';
import { upCommand } from '../commands/up/up.command.ts';
import type { Command } from './command.ts';

/** Every command of `plinth`, in the order of the help. */
export const commands: readonly Command[] = [
  upCommand,
  serveCommand,
  migrateUpCommand,
  migrateStatusCommand,
  callCommand,
  importAccessLogCommand,
  auditLogVerifyCommand,
  explainCommand,
  createServiceCommand,
  createAppCommand,
  checkCommand,
  showCommand,
  diffCommand,
  renderCommand,
  secretsCommand,
  doctorCommand,
];
