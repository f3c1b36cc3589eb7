import { escapeHtml, renderPage } from './html.ts';

/** The first page: what runs here and the first two requests. */
export function renderHome(publicUrl: string): string {
  const url = escapeHtml(publicUrl);
  return renderPage(
    'Welcome',
    `<h1>Your platform is running</h1>
<p class="lead">Accounts, identity, tenants, plans, metering, invoices and audit, behind one address.</p>
<p><a href="/sign-up">Create an account</a> or <a href="/sign-in">sign in</a>. Your account is at <a href="/security">/security</a>.</p>
<h2>Get an organization and its tenant</h2>
<p>A session gets a token at <code>/api/v1/auth/token</code>. With it:</p>
<pre>curl -X POST ${url}/api/v1/organizations \\
  -H 'authorization: Bearer TOKEN' \\
  -H 'content-type: application/json' -d '{"name":"Acme"}'</pre>
<h2>Go on</h2>
<ul>
<li><a href="/services">Services</a>: what runs, where, and how it is.</li>
<li><a href="/api/docs">API reference</a>: every operation, its permission and its errors.</li>
<li><code>npm run plinth -- import access-log FILE</code> turns a web server's log into invoices.</li>
</ul>`,
  );
}
