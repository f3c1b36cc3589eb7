import type { NoticeTexts } from './texts.ts';

export const french: NoticeTexts = {
  greeting: (name) => `Bonjour ${name},`,
  contact: (email) => `Pour toute question, écrivez à ${email}.`,
  closing: (issuer) => `Cordialement\n${issuer}`,
  method: (brand, last4) => `${brand} se terminant par ${last4}`,
  otherMethod: 'votre moyen de paiement',
  invoiceIssued: {
    subject: (number, issuer) => `Facture ${number} de ${issuer}`,
    attached: (number, total) => `Vous trouverez ci-joint la facture ${number} d’un montant de ${total}.`,
    payBy: (amount, date) => `Merci de payer ${amount} avant le ${date}.`,
    charged: (amount, method) => `Nous prélevons ${amount} sur ${method}. Vous n’avez rien à faire.`,
    settled: 'Elle est déjà réglée. Vous n’avez rien à faire.',
  },
  paymentSucceeded: {
    subject: (issuer) => `Votre paiement à ${issuer}`,
    received: (amount) => `Nous avons reçu ${amount}. Merci.`,
    receivedFor: (amount, number) => `Nous avons reçu ${amount} pour la facture ${number}. Merci.`,
  },
  paymentFailed: {
    subject: (issuer) => `Votre paiement à ${issuer} n’a pas abouti`,
    failed: (amount, method) => `Nous n’avons pas pu prélever ${amount} sur ${method}.`,
    failedFor: (amount, number, method) =>
      `Nous n’avons pas pu prélever ${amount} pour la facture ${number} sur ${method}.`,
    advice: {
      hard: 'Nous n’utiliserons plus ce moyen de paiement. Merci de nous en indiquer un autre ou de payer autrement.',
      soft: 'Merci de veiller à ce que le montant puisse être prélevé. Nous essaierons de nouveau.',
      authentication: 'Votre banque demande votre propre confirmation. Merci de payer de façon à pouvoir confirmer.',
    },
  },
  dunning: {
    subject: {
      first: (number) => `Rappel de paiement de la facture ${number}`,
      second: (number) => `Deuxième rappel de paiement de la facture ${number}`,
      last: (number) => `Dernier rappel de paiement de la facture ${number}`,
      other: (number) => `Rappel de paiement de la facture ${number}`,
    },
    open: (number, amount, date) =>
      `Il reste ${amount} à payer sur la facture ${number}, dont l’échéance était le ${date}.`,
    request: {
      first: 'Cela vous a peut-être échappé. Merci de payer maintenant.',
      second: 'Nous vous l’avons déjà rappelé. Merci de payer maintenant.',
      last: 'Ceci est notre dernier rappel. Merci de payer sans délai.',
      other: 'Merci de payer maintenant.',
    },
    paused: 'Nous avons suspendu les abonnements de cette facture.',
    canceled: 'Nous avons mis fin aux abonnements de cette facture.',
    crossed: 'Si vous avez payé entre-temps, merci de ne pas tenir compte de ce message.',
  },
  cardExpiring: {
    subject: (issuer) => `Votre carte pour ${issuer} expire bientôt`,
    expires: (method, date) => `Votre carte, ${method}, peut être débitée jusqu’au ${date}.`,
    renew: 'Merci de nous indiquer avant ce jour la carte suivante ou un autre moyen de paiement.',
  },
};
