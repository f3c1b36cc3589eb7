import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath, peerFolder } from './find-peers.mjs';
import { run } from './run.mjs';

const phive = 'com.helger.phive.rules';
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.9.0';

/** The engine that runs the rules. */
const engine = ['net.sf.saxon:Saxon-HE:13.1', 'org.xmlresolver:xmlresolver:6.1.1'];

/** The published rules, compiled to XSLT by those who publish them, and where they lie in their jars. */
const rules = {
  'en16931.xslt': [`${phive}:phive-rules-en16931:4.3.7`, 'external/schematron/1.3.16/ubl/EN16931-UBL-validation.xslt'],
  'xrechnung.xslt': [`${phive}:phive-rules-xrechnung:4.2.3`, 'external/schematron/3.0.2/XRechnung-UBL-validation.xslt'],
  'peppol.xslt': [
    `${phive}:phive-rules-peppol:4.3.7`,
    'external/schematron/openpeppol/2026.5/xslt/PEPPOL-EN16931-UBL.xslt',
  ],
};

/** The schemas of UBL 2.1 and those that they import. */
const schemas = [
  ['com.helger.ubl:ph-ubl21:10.2.0', 'external/schemas/ubl21/**'],
  ['com.helger.xsd:ph-xsds-ccts-cct-schemamodule:4.1.0', 'schemas/**'],
  ['com.helger.xsd:ph-xsds-xmldsig:4.1.0', 'schemas/**'],
];

/** The library of these schemas finds imports by their namespace; other validators want to be told the files. */
const imports = {
  'UBL-UnqualifiedDataTypes-2.1.xsd': [
    'urn:un:unece:uncefact:data:specification:CoreComponentTypeSchemaModule:2',
    'CCTS_CCT_SchemaModule.xsd',
  ],
  'UBL-SignatureAggregateComponents-2.1.xsd': ['http://www.w3.org/2000/09/xmldsig#', 'xmldsig-core-schema.xsd'],
};

/** Gets the rules of EN 16931, XRechnung and Peppol BIS Billing, the schemas of UBL, and Saxon by Maven. */
export async function install(environment = process.env) {
  const folder = peerFolder('e-invoice-rules', environment);
  if (existsSync(folder)) return 'present';
  for (const program of ['mvn', 'java'])
    if (!findOnPath(program, environment)) throw new Error(`there is no ${program} on PATH`);
  const unfinished = `${folder}.${process.pid}`;
  try {
    mkdirSync(unfinished, { recursive: true });
    for (const artifact of engine) await fetch('copy', artifact, join(unfinished, 'engine'));
    for (const [name, [artifact, path]] of Object.entries(rules)) {
      await fetch('unpack', artifact, join(unfinished, 'rules'), path);
      renameSync(join(unfinished, 'rules', path), join(unfinished, name));
    }
    for (const [artifact, path] of schemas) await fetch('unpack', artifact, unfinished, path);
    for (const [name, [namespace, file]] of Object.entries(imports)) locateImport(unfinished, name, namespace, file);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return 'installed';
}

function fetch(goal, artifact, folder, includes) {
  return run('mvn', [
    '--batch-mode',
    '--quiet',
    `${plugin}:${goal}`,
    `-Dartifact=${artifact}`,
    `-DoutputDirectory=${folder}`,
    ...(includes === undefined ? [] : [`-Dmdep.unpack.includes=${includes}`]),
    // Otherwise an artifact that was unpacked elsewhere counts as unpacked here.
    `-DmarkersDirectory=${folder}/markers`,
  ]);
}

function locateImport(folder, name, namespace, file) {
  const path = join(folder, 'external/schemas/ubl21/common', name);
  const text = readFileSync(path, 'utf8');
  const start = `<xsd:import namespace="${namespace}"`;
  if (!text.includes(start)) throw new Error(`${name} does not import ${namespace}`);
  writeFileSync(path, text.replace(start, `${start} schemaLocation="../../../../schemas/${file}"`));
}
