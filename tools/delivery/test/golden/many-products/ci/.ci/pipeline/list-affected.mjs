// Rendered by plinth from the platform description. Do not edit: change the description.
import { readFileSync } from 'node:fs';

const list = /^images=(.*)$/m.exec(readFileSync(process.argv[2], 'utf8'));
for (const { repository } of JSON.parse(list[1])) console.log(repository);
