/** Package manager of image builds: the version that this repository itself installs with. */
export const pnpmVersion = '12.21.0';

/** What static sites run on: the exact tag that the catalogue uses as well. */
export const nginxImage = 'nginx:1.29.3-alpine';

/** Account of every image that we build; a number, so that it needs no entry in the base image's list of accounts. */
export const imageUser = '1001:1001';
