import type { NoticeTexts } from './texts.ts';

export const german: NoticeTexts = {
  greeting: (name) => `Guten Tag ${name},`,
  contact: (email) => `Bei Fragen schreiben Sie an ${email}.`,
  closing: (issuer) => `Freundliche Grüße\n${issuer}`,
  method: (brand, last4) => `${brand} mit den Endziffern ${last4}`,
  otherMethod: 'Ihre Zahlungsart',
  invoiceIssued: {
    subject: (number, issuer) => `Rechnung ${number} von ${issuer}`,
    attached: (number, total) => `Im Anhang finden Sie die Rechnung ${number} über ${total}.`,
    payBy: (amount, date) => `Bitte zahlen Sie ${amount} bis zum ${date}.`,
    charged: (amount, method) => `Wir buchen ${amount} ab: ${method}. Sie brauchen nichts zu tun.`,
    settled: 'Sie ist bereits beglichen. Sie brauchen nichts zu tun.',
  },
  paymentSucceeded: {
    subject: (issuer) => `Ihre Zahlung an ${issuer}`,
    received: (amount) => `Wir haben ${amount} erhalten. Vielen Dank.`,
    receivedFor: (amount, number) => `Wir haben ${amount} für die Rechnung ${number} erhalten. Vielen Dank.`,
  },
  paymentFailed: {
    subject: (issuer) => `Ihre Zahlung an ${issuer} ist nicht gelungen`,
    failed: (amount, method) => `Wir konnten ${amount} nicht abbuchen: ${method}.`,
    failedFor: (amount, number, method) =>
      `Wir konnten ${amount} für die Rechnung ${number} nicht abbuchen: ${method}.`,
    advice: {
      hard: 'Mit dieser Zahlungsart versuchen wir es nicht noch einmal. Bitte nennen Sie uns eine andere, oder zahlen Sie auf anderem Weg.',
      soft: 'Bitte sorgen Sie dafür, dass der Betrag abgebucht werden kann. Wir versuchen es noch einmal.',
      authentication: 'Ihre Bank verlangt, dass Sie selbst zustimmen. Bitte zahlen Sie so, dass Sie zustimmen können.',
    },
  },
  dunning: {
    subject: {
      first: (number) => `Zahlungserinnerung zur Rechnung ${number}`,
      second: (number) => `Zweite Zahlungserinnerung zur Rechnung ${number}`,
      last: (number) => `Letzte Zahlungserinnerung zur Rechnung ${number}`,
      other: (number) => `Zahlungserinnerung zur Rechnung ${number}`,
    },
    open: (number, amount, date) => `Von der Rechnung ${number}, fällig am ${date}, sind noch ${amount} offen.`,
    request: {
      first: 'Vielleicht ist es Ihnen entgangen. Bitte zahlen Sie jetzt.',
      second: 'Wir haben Sie bereits daran erinnert. Bitte zahlen Sie jetzt.',
      last: 'Dies ist unsere letzte Erinnerung. Bitte zahlen Sie umgehend.',
      other: 'Bitte zahlen Sie jetzt.',
    },
    paused: 'Die Abonnements auf dieser Rechnung haben wir ausgesetzt.',
    canceled: 'Die Abonnements auf dieser Rechnung haben wir beendet.',
    crossed: 'Wenn Sie inzwischen gezahlt haben, beachten Sie diese Mail bitte nicht.',
  },
  cardExpiring: {
    subject: (issuer) => `Ihre Karte bei ${issuer} läuft bald ab`,
    expires: (method, date) => `Ihre Karte, ${method}, kann bis zum ${date} belastet werden.`,
    renew: 'Bitte nennen Sie uns vor diesem Tag die Nachfolgekarte oder eine andere Zahlungsart.',
  },
};
