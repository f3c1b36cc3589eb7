const shortestPart = 4;
const shortestBase = 5;
const longestDecoration = 6;

// What people write instead of letters; the password `P4ssw0rd` is as well known as `password`.
const substitutes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
};

/** Whether the password contains what everybody knows of its owner: their address before the @, or the product's name. */
export function isPersonal(password: string, owner: { readonly email: string; readonly productName: string }): boolean {
  const text = fold(password);
  const parts = [owner.email.split('@')[0] ?? '', owner.productName].map(fold);
  return parts.some((part) => part.length >= shortestPart && text.includes(part));
}

/** Whether the password is a row of characters that follow one another, or repeats at most three of them. */
export function isMonotonous(password: string): boolean {
  const codes = [...fold(password)].map((character) => character.codePointAt(0)!);
  if (new Set(codes).size <= 3) return true;
  const steps = new Set(codes.slice(1).map((code, index) => code - codes[index]!));
  return steps.size === 1;
}

/**
 * The forms under which a password would stand in a list of common ones: as it is, without up to six digits and signs
 * around it, with letters for the signs that stand for them, and the half of which it is twice. In lower case.
 */
export function listForms(password: string): string[] {
  const whole = fold(password);
  const base = whole.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const bare = base.length >= shortestBase && whole.length - base.length <= longestDecoration ? [base] : [];
  const half = whole.slice(0, whole.length / 2);
  const twice = half.length >= shortestBase && whole === half + half ? [half] : [];
  const forms = [whole, ...bare, ...twice];
  return [...new Set([...forms, ...forms.map(spellOut)])];
}

function spellOut(text: string): string {
  return [...text].map((character) => substitutes[character] ?? character).join('');
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
