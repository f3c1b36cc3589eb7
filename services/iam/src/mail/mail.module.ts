import type { IamCore, IamModule } from '../core.ts';

export function createMailModule({ mails }: IamCore): IamModule {
  return {
    jobs: [{ name: 'iam.send-mail', schedule: '* * * * *', run: () => mails.flush() }],
    stop: () => mails.flush(),
  };
}
