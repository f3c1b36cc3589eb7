// Makes assets/common-passwords.bin of the list in @zxcvbn-ts/language-common: node services/iam/scripts/make-common-passwords.mjs
import { copyFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { dictionary } from '@zxcvbn-ts/language-common';
import { encodeCommonPasswords } from '../src/authentication/common-passwords.ts';

const assets = new URL('../assets/', import.meta.url);
const source = dirname(dirname(createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common')));
await writeFile(new URL('common-passwords.bin', assets), encodeCommonPasswords(dictionary['passwords-common']));
await copyFile(join(source, 'LICENSE.txt'), new URL('common-passwords.license.txt', assets));
