import type { NoticeTexts } from './texts.ts';

export const spanish: NoticeTexts = {
  greeting: (name) => `Hola, ${name}:`,
  contact: (email) => `Si tiene preguntas, escriba a ${email}.`,
  closing: (issuer) => `Atentamente\n${issuer}`,
  method: (brand, last4) => `${brand} terminada en ${last4}`,
  otherMethod: 'su medio de pago',
  invoiceIssued: {
    subject: (number, issuer) => `Factura ${number} de ${issuer}`,
    attached: (number, total) => `Adjuntamos la factura ${number} por ${total}.`,
    payBy: (amount, date) => `Le rogamos que pague ${amount} antes del ${date}.`,
    charged: (amount, method) => `Cargamos ${amount} en ${method}. No tiene que hacer nada.`,
    settled: 'Ya está pagada. No tiene que hacer nada.',
  },
  paymentSucceeded: {
    subject: (issuer) => `Su pago a ${issuer}`,
    received: (amount) => `Hemos recibido ${amount}. Gracias.`,
    receivedFor: (amount, number) => `Hemos recibido ${amount} por la factura ${number}. Gracias.`,
  },
  paymentFailed: {
    subject: (issuer) => `Su pago a ${issuer} no se ha realizado`,
    failed: (amount, method) => `No hemos podido cargar ${amount} en ${method}.`,
    failedFor: (amount, number, method) => `No hemos podido cargar ${amount} por la factura ${number} en ${method}.`,
    advice: {
      hard: 'No lo intentaremos de nuevo con este medio de pago. Indíquenos otro o pague de otra manera.',
      soft: 'Asegúrese de que el importe se pueda cargar. Lo intentaremos de nuevo.',
      authentication: 'Su banco pide que usted mismo confirme. Pague de manera que pueda confirmarlo.',
    },
  },
  dunning: {
    subject: {
      first: (number) => `Recordatorio de pago de la factura ${number}`,
      second: (number) => `Segundo recordatorio de pago de la factura ${number}`,
      last: (number) => `Último recordatorio de pago de la factura ${number}`,
      other: (number) => `Recordatorio de pago de la factura ${number}`,
    },
    open: (number, amount, date) => `De la factura ${number}, que venció el ${date}, quedan por pagar ${amount}.`,
    request: {
      first: 'Quizá se le haya pasado. Le rogamos que pague ahora.',
      second: 'Ya se lo hemos recordado. Le rogamos que pague ahora.',
      last: 'Este es nuestro último recordatorio. Le rogamos que pague de inmediato.',
      other: 'Le rogamos que pague ahora.',
    },
    paused: 'Hemos suspendido las suscripciones de esta factura.',
    canceled: 'Hemos terminado las suscripciones de esta factura.',
    crossed: 'Si ha pagado mientras tanto, no tenga en cuenta este mensaje.',
  },
  cardExpiring: {
    subject: (issuer) => `Su tarjeta para ${issuer} caduca pronto`,
    expires: (method, date) => `Su tarjeta, ${method}, se puede cargar hasta el ${date}.`,
    renew: 'Indíquenos antes de ese día la nueva tarjeta u otro medio de pago.',
  },
};
