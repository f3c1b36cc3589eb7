import { deletionCertificateSchema } from '@plinth/contracts';
import type { IamCore, IamModule } from '../core.ts';
import { CertificateService } from './certificate.service.ts';

export function createCertificateModule({ keys }: IamCore): IamModule {
  const certificates = new CertificateService(keys);
  return {
    contract: {
      // Parsed here too: a caller in this process is checked by its types alone, and nothing else may be signed.
      signCertificate: async ({ certificate }) => ({
        jws: await certificates.sign(deletionCertificateSchema.parse(certificate)),
      }),
    },
  };
}
