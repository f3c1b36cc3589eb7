import { escapeHtml } from '../../pages/html.ts';

/**
 * The page of a sign-in that did not succeed. It stands on hosts of applications, where no style sheet of ours is, and
 * nothing on it leads on by itself: a sign-in that fails must not repeat itself.
 */
export function renderSignInFailure(message: string, suggestion: string | undefined): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign-in</title>
</head>
<body>
<main>
<h1>Sign-in</h1>
<p>${escapeHtml(message)}</p>
${suggestion === undefined ? '' : `<p>${escapeHtml(suggestion)}</p>\n`}<p><a href="/edge/sign-in">Sign in</a></p>
</main>
</body>
</html>`;
}
