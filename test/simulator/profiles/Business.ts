import { proto, type BinaryNode } from '@whiskeysockets/baileys';
import { element, textElement } from '../stanzas/element';

/** What a business says about itself. */
export interface Business {
	/** The name that WhatsApp has verified; it comes with every message. */
	readonly verifiedName: string;
	readonly description?: string | undefined;
	readonly category?: string | undefined;
	readonly email?: string | undefined;
	readonly website?: string | undefined;
	readonly address?: string | undefined;
}

/** The certificate that messages of a business carry; the signature is made up, as nobody checks it. */
export function toVerifiedName({ verifiedName }: Business): BinaryNode {
	const details = proto.VerifiedNameCertificate.Details.encode({
		serial: 1,
		issuer: 'smb:wa',
		verifiedName,
	}).finish();
	const certificate = proto.VerifiedNameCertificate.encode({
		details,
		signature: Buffer.alloc(64),
	}).finish();
	return element('verified_name', { v: 1 }, Buffer.from(certificate));
}

/** The `<profile>` of a business. */
export function toBusinessProfile(jid: string, business: Business): BinaryNode {
	const { description, category, email, website, address } = business;
	const text = (tag: string, value: string | undefined): BinaryNode[] =>
		value === undefined ? [] : [textElement(tag, value)];
	const categories = text('category', category);
	return element('profile', { jid, tag: '1' }, [
		...text('address', address),
		...text('description', description),
		...text('website', website),
		...text('email', email),
		...(categories.length ? [element('categories', {}, categories)] : []),
	]);
}
