import { escapeHtml, renderPage } from './html.ts';

/** The first page: what runs here and the first two requests. */
export function renderHome(publicUrl: string): string {
  const url = escapeHtml(publicUrl);
  return renderPage(
    'Welcome',
    `<h1>Your platform is running</h1>
<p class="lead">Accounts, identity, tenants, plans, metering, invoices and audit, behind one address.</p>
<h2>Sign up</h2>
<pre>curl -c cookies -X POST ${url}/api/v1/auth/sign-up/email \\
  -H 'content-type: application/json' \\
  -d '{"name":"Ada","email":"ada@example.com","password":"correct horse battery"}'</pre>
<h2>Get an organization and its tenant</h2>
<pre>curl -b cookies -X POST ${url}/api/v1/organizations \\
  -H 'content-type: application/json' -d '{"name":"Acme"}'</pre>
<h2>Go on</h2>
<ul>
<li><a href="/services">Services</a>: what runs, where, and how it is.</li>
<li><a href="/api/docs">API reference</a>: every operation, its permission and its errors.</li>
<li><code>npm run plinth -- import access-log FILE</code> turns a web server's log into invoices.</li>
</ul>`,
  );
}
