import { generateMessageIDV2 } from '@whiskeysockets/baileys';

/** A message id as WhatsApp Web makes them; given to WhatsApp and to the caller of the API alike. */
export function createMessageId(ownNumber: string | null): string {
	return generateMessageIDV2(ownNumber ? `${ownNumber}@s.whatsapp.net` : undefined);
}
