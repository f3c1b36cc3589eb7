import { ConfigurationError, keepSecret, type ParsedEnvironment, type Secret } from '@plinth/common';

export type EmailVerification = 'required' | 'optional';

export interface IamConfig {
  /** URL under which the platform is reached, without a slash at its end. */
  readonly baseUrl: string;
  readonly cookieSecure: boolean;
  readonly secret: Secret;
  readonly selfRegistration: boolean;
  /** Whether an address must be proven before its user can sign in. */
  readonly emailVerification: EmailVerification;
  /** What mails, authenticator apps and passkeys call the platform. */
  readonly productName: string;
  /** The operator's logo on the pages, and their colour as `#rrggbb`. */
  readonly brandLogoUrl: string | undefined;
  readonly brandColor: string;
  /** Range API of breached passwords, with a slash at its end; the bundled list alone when undefined. */
  readonly breachCheckUrl: string | undefined;
  readonly trustedOrigins: readonly string[];
  readonly accessTokenLifetimeSeconds: number;
  /** Whether webhooks may lead to this machine itself. */
  readonly webhookLoopback: boolean;
  readonly initialAdminEmail: string;
  readonly initialAdminPassword: Secret | undefined;
}

const shortestSecret = 32;
const shortestPassword = 10;

/** The service's settings from its variables. Names every fault at once. */
export async function loadConfig(
  environment: ParsedEnvironment,
  publicUrl: string,
  dataDirectory: string | undefined,
): Promise<IamConfig> {
  const baseUrl = publicUrl.replace(/\/+$/, '');
  const given = environment.findSecret('IAM_SECRET');
  const initialAdminPassword = environment.findSecret('IAM_INITIAL_ADMIN_PASSWORD');
  const emailVerification = environment.getString('IAM_EMAIL_VERIFICATION');
  const brandColor = environment.getString('IAM_BRAND_COLOR');
  const faults = [
    ...(/^#[\da-f]{6}$/i.test(brandColor)
      ? []
      : [{ variable: 'IAM_BRAND_COLOR', message: 'must be a colour such as #2b4fb8' }]),
    ...(emailVerification === 'required' || emailVerification === 'optional'
      ? []
      : [{ variable: 'IAM_EMAIL_VERIFICATION', message: 'must be required or optional' }]),
    ...(given !== undefined && given.reveal().length < shortestSecret
      ? [{ variable: 'IAM_SECRET', message: `must have at least ${shortestSecret} characters` }]
      : []),
    ...(given === undefined && dataDirectory === undefined
      ? [{ variable: 'IAM_SECRET', message: 'must be set where there is no data directory to keep one in' }]
      : []),
    ...(initialAdminPassword !== undefined && initialAdminPassword.reveal().length < shortestPassword
      ? [{ variable: 'IAM_INITIAL_ADMIN_PASSWORD', message: `must have at least ${shortestPassword} characters` }]
      : []),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults);
  return {
    baseUrl,
    cookieSecure: baseUrl.startsWith('https:'),
    secret: given ?? (await keepSecret(dataDirectory!, 'iam-secret')),
    selfRegistration: environment.getBoolean('IAM_SELF_REGISTRATION'),
    emailVerification: emailVerification as EmailVerification,
    productName: environment.getString('IAM_PRODUCT_NAME'),
    brandLogoUrl: environment.findString('IAM_BRAND_LOGO_URL'),
    brandColor,
    breachCheckUrl: environment.findString('IAM_BREACH_CHECK_URL')?.replace(/\/*$/, '/'),
    trustedOrigins: environment.getList('IAM_TRUSTED_ORIGINS'),
    accessTokenLifetimeSeconds: Math.floor(environment.getInteger('IAM_ACCESS_TOKEN_LIFETIME') / 1000),
    webhookLoopback: environment.getBoolean('IAM_WEBHOOK_LOOPBACK'),
    initialAdminEmail: environment.getString('IAM_INITIAL_ADMIN_EMAIL').toLowerCase(),
    initialAdminPassword,
  };
}
