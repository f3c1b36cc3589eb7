import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const require = createRequire(import.meta.url);

/** Starts a real Chromium that asks for nothing from outside. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A person's browser: one page, and what its console complains of. */
export class BrowserPage {
  readonly page: Page;
  /** What went against the policy of a page, or failed in a script. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(`${page.url()} ${error.message}`));
    page.on('console', (message) => {
      // An answer of 4xx is an error to the console, and what a page with a refused form has.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(`${page.url()} ${message.text()}`);
    });
  }

  static async open(browser: Browser, locale: string, baseURL: string): Promise<BrowserPage> {
    const context = await browser.newContext({ locale, baseURL });
    return new BrowserPage(context, await context.newPage());
  }

  /** Gives the browser a device that makes passkeys and finds its owner present. */
  async addPasskeyDevice(): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  }

  path(): string {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  async fill(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.page.getByLabel(label, { exact: true }).fill(value);
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
    await this.page.waitForLoadState();
  }

  /** Breaches of accessibility rules (axe-core: WCAG 2.2 A and AA, and best practices) in both themes. */
  async findBarriers(): Promise<string[]> {
    const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.evaluate(axe);
      const { violations } = await this.page.evaluate<AxeResults>('axe.run(document)');
      for (const { id, impact, nodes } of violations)
        found.push(`${this.path()} ${colorScheme}: ${impact} ${id} at ${nodes[0]?.target.join(' ')}`);
    }
    return found;
  }

  /** Whether somebody has to scroll sideways at a width, in CSS pixels, and a size of letters. */
  async overflows(width: number, letters = '100%'): Promise<boolean> {
    await this.page.setViewportSize({ width, height: 800 });
    await this.page.evaluate(`document.documentElement.style.fontSize = ${JSON.stringify(letters)}`);
    return this.page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}
