import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runPeer } from '@plinth/testing';

export interface ValidatorPaths {
  readonly 'e-invoice-rules': string;
  readonly xmllint: string;
}

export type RuleSet = 'en16931' | 'xrechnung' | 'peppol';

/** E-invoices, by name, checked against the schemas of UBL 2.1 and the published rules: what each of them breaks. */
export async function validateEInvoices(
  paths: ValidatorPaths,
  folder: string,
  invoices: ReadonlyMap<string, string>,
  ruleSets: readonly RuleSet[],
): Promise<Record<string, string[]>> {
  const rules = dirname(paths['e-invoice-rules']);
  const sources = join(folder, 'sources');
  mkdirSync(sources, { recursive: true });
  const faults: Record<string, string[]> = {};
  for (const [name, xml] of invoices) {
    const file = join(sources, `${name}.xml`);
    writeFileSync(file, xml);
    const kind = xml.includes('<CreditNote ') ? 'CreditNote' : 'Invoice';
    const schema = join(rules, `external/schemas/ubl21/maindoc/UBL-${kind}-2.1.xsd`);
    const { code, stderr } = await runPeer(paths.xmllint, ['--noout', '--nonet', '--schema', schema, file]);
    faults[name] = code === 0 ? [] : stderr.split('\n').filter((line) => line.includes('error'));
  }
  for (const ruleSet of ruleSets) {
    const reports = join(folder, ruleSet);
    mkdirSync(reports, { recursive: true });
    await runRules(rules, ruleSet, sources, reports);
    for (const name of invoices.keys()) faults[name]!.push(...readFailures(join(reports, `${name}.xml`)));
  }
  return faults;
}

async function runRules(rules: string, ruleSet: RuleSet, sources: string, reports: string): Promise<void> {
  const engine = ['Saxon-HE-13.1.jar', 'xmlresolver-6.1.1.jar']
    .map((jar) => join(rules, 'engine', jar))
    .join(delimiter);
  const stylesheet = `-xsl:${join(rules, `${ruleSet}.xslt`)}`;
  const args = ['-cp', engine, 'net.sf.saxon.Transform', `-s:${sources}`, stylesheet, `-o:${reports}`];
  const { code, stderr } = await runPeer('java', args, { timeoutMs: 240_000 });
  if (code !== 0) throw new Error(`Saxon ended with ${code}\n${stderr}`);
}

/** The rules that a report (SVRL) says are broken, such as `BR-CO-10`. */
function readFailures(file: string): string[] {
  const report = readFileSync(file, 'utf8');
  // A report without a rule that was tried would say nothing.
  if (!report.includes('svrl:fired-rule')) throw new Error(`${file} is no report of rules`);
  return [...report.matchAll(/<svrl:failed-assert[^>]*?\bid="([^"]+)"/g)].map(([, id]) => id!);
}
