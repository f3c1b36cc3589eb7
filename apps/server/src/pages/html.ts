/** Text made safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A whole page in the platform's look; `body` is HTML. */
export function renderPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Plinth</title>
<link rel="stylesheet" href="/assets/plinth.css">
</head>
<body>
<header><a class="brand" href="/">Plinth</a><nav><a href="/services">Services</a> &nbsp; <a href="/api/docs">API</a> &nbsp; <a href="/health/ready">Health</a></nav></header>
<main>${body}</main>
<footer>Plinth, the base that a software business stands on. Apache-2.0.</footer>
</body>
</html>`;
}
