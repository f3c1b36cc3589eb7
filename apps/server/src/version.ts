/** Version of the platform. */
export const version = '0.1.0';
