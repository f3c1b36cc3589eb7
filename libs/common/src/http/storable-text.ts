import type { InputFault } from '@plinth/contracts';

/**
 * Texts that PostgreSQL cannot keep: with a NUL character or half of a surrogate pair. Found here, they are named by
 * their path; found by the database, they would be an error of ours.
 */
export function findUnstorableTexts(value: unknown, path: string): InputFault[] {
  if (typeof value === 'string')
    return isStorableText(value) ? [] : [{ path, message: 'holds a character that cannot be stored' }];
  if (value === null || typeof value !== 'object') return [];
  const faults: InputFault[] = [];
  for (const [name, item] of Object.entries(value)) {
    if (!isStorableText(name)) faults.push({ path, message: 'has a field whose name cannot be stored' });
    else if (typeof item === 'string' || typeof item === 'object')
      faults.push(...findUnstorableTexts(item, `${path}/${name}`));
  }
  return faults;
}

/** Whether PostgreSQL can keep the text: no NUL character and no half of a surrogate pair in it. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
