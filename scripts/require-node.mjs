// Imported first and written in old syntax, so that an old Node.js reaches this message instead of a syntax error.
var major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    'Plinth needs Node.js 20 or later to start (this is ' +
      process.version +
      ' at ' +
      process.execPath +
      '). It then runs on its own Node.js 24 from the package registry. Install Node.js from https://nodejs.org and try again.',
  );
  process.exit(1);
}
