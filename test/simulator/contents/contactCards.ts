import type { proto } from '@whiskeysockets/baileys';

/** Whom a card names. */
export interface CardHolder {
	readonly name: string;
	/** Digits; the card says that this number is on WhatsApp. */
	readonly number: string;
	readonly organization?: string | undefined;
}

/** A vCard as phones write it. */
export function toVcard({ name, number, organization }: CardHolder): string {
	return [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:;${name};;;`,
		`FN:${name}`,
		...(organization === undefined ? [] : [`ORG:${organization};`]),
		`TEL;type=CELL;type=VOICE;waid=${number}:+${number}`,
		'END:VCARD',
	].join('\n');
}

/** One contact card. */
export const toContactCard = (holder: CardHolder): proto.IMessage => ({
	contactMessage: toCard(holder),
});

/** Several contact cards in one message. */
export const toContactCards = (holders: readonly CardHolder[]): proto.IMessage => ({
	contactsArrayMessage: {
		displayName: `${holders.length} contacts`,
		contacts: holders.map(toCard),
	},
});

const toCard = (holder: CardHolder): proto.Message.IContactMessage => ({
	displayName: holder.name,
	vcard: toVcard(holder),
});
