import type { proto } from '@whiskeysockets/baileys';
import type { ContactDetail } from '../../../contract';
import type { Clipper } from './Clipper';

/** Contact cards, one or many. */
export function readContacts(
	content: proto.IMessage,
	clipper: Clipper,
): ContactDetail[] | undefined {
	const { contactMessage, contactsArrayMessage } = content;
	if (contactMessage) return [toContact(contactMessage, clipper)];
	if (!contactsArrayMessage) return undefined;
	const contacts = clipper.list(contactsArrayMessage.contacts, 'contacts');
	return contacts.map((contact) => toContact(contact, clipper));
}

function toContact(
	{ displayName, vcard: whole }: proto.Message.IContactMessage,
	clipper: Clipper,
): ContactDetail {
	const vcard = clipper.text(whole ?? '', 'vcard');
	const lines = toLines(vcard);
	const name = clipper.textOrNull(displayName || readName(lines), 'name');
	const phones = clipper.list(readPhones(lines), 'phones');
	return { name, phones: phones.map((phone) => clipper.text(phone, 'id')), vcard };
}

/** RFC 6350: a line that begins with white space belongs to the one before. */
function toLines(vcard: string): string[] {
	return vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
}

function readName(lines: readonly string[]): string | null {
	const line = lines.find((text) => /^FN[;:]/i.test(text));
	return line?.slice(line.indexOf(':') + 1).trim() || null;
}

/** WhatsApp adds the account's number to the one that was typed: `TEL;waid=15550001111:+1 555 000 1111`. */
function readPhones(lines: readonly string[]): string[] {
	const phones = lines
		.filter((line) => /^(?:[\w-]+\.)?TEL[;:]/i.test(line))
		.map((line) => /;waid=(\d+)/i.exec(line)?.[1] ?? toDigits(line.slice(line.indexOf(':') + 1)))
		.filter((phone) => phone !== '');
	return [...new Set(phones)];
}

function toDigits(text: string): string {
	return text.replace(/\D/g, '');
}
