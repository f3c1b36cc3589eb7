/** What an event of a gateway did: something; nothing, because it was known or late; or it is none of our concern. */
export type EventOutcome = 'applied' | 'unchanged' | 'ignored';
