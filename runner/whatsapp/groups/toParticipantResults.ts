import type { BinaryNode } from '@whiskeysockets/baileys';
import type { ParticipantResult } from '../../../contract';
import { toIdentity, type Identities, type Identity } from '../incoming/Identities';

const DONE = 200;

/** Codes WhatsApp answers with for single members. */
const REASONS: Readonly<Record<number, string>> = {
	401: 'This contact has blocked this account.',
	403: 'This contact can only be invited: send the invite link of the group.',
	404: 'This number is not on WhatsApp, or not in the group.',
	408: 'This contact has left the group recently and cannot be added again yet.',
	409: 'This contact is in the group already.',
	417: 'This contact can only be invited to the community of this group.',
	419: 'The group is full.',
};

/** What became of each one that was asked for, by what WhatsApp's answer says of the members it names. */
export function toParticipantResults(
	targets: ReadonlyArray<{ number: string; jid: string }>,
	participants: readonly BinaryNode[],
	identities: Identities,
): ParticipantResult[] {
	const named = participants.map(({ attrs }) => ({
		identity: toIdentity([attrs.jid, attrs.phone_number, attrs.lid], identities),
		code: Number(attrs.error ?? DONE),
	}));
	return targets.map(({ number, jid }) => {
		const asked = toIdentity([jid], identities);
		const code = named.find(({ identity }) => isSame(identity, asked))?.code ?? 0;
		const ok = code === DONE;
		return { number, ok, code, reason: ok ? null : toReason(code) };
	});
}

function isSame(one: Identity, other: Identity): boolean {
	const isSamePhone = one.phone !== null && one.phone === other.phone;
	return isSamePhone || (one.lid !== null && one.lid === other.lid);
}

function toReason(code: number): string {
	if (code === 0) return 'WhatsApp did not say what became of this one.';
	return REASONS[code] ?? `WhatsApp refused it with code ${code}.`;
}
