import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';

/** The page for a request that cannot be sent back to its application, because it is not certain whose it is. */
export function renderErrorPage(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  ctx.type = 'html';
  ctx.body = buildErrorPage(
    out.error,
    out.error_description ?? 'The application sent a request that cannot be answered.',
  );
}

/** A page that says what is wrong, and the code to report. */
export function buildErrorPage(code: string, description: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign-in cannot go on</title>
<link rel="stylesheet" href="/assets/plinth.css">
</head>
<body>
<main>
<h1>Sign-in cannot go on</h1>
<p>${escapeHtml(description)}</p>
<p>Go back to the application and try again. If this happens again, give its operator this code:
<code>${escapeHtml(code)}</code></p>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
