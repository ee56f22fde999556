import { createHash } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import type { PollVoteDetails } from '../../../contract';
import type { Author } from '../../messages/whoWrote';
import { decodeBounded } from '../boundDecoding';
import type { Clipper } from './Clipper';
import { toAuthorNamed, toIdentity, toJids, type Identities, type Identity } from './Identities';
import { openSealed } from './openSealed';
import { findPoll } from './readPoll';
import type { ReadContext } from './ReadContext';
import { readSecret } from './readSecret';
import { unwrapContent } from './unwrapContent';

interface VoteContext {
	voter: Identity;
	identities: Identities;
	/** The serialised content of a message of the journal. */
	contentOf: ReadContext['contentOf'];
	clipper: Clipper;
}

/** Whose choice it is, and what was chosen where the poll is known and its secret opens the vote. */
export function readPollVote(
	{ pollUpdateMessage }: proto.IMessage,
	context: VoteContext,
): PollVoteDetails | undefined {
	const key = pollUpdateMessage?.pollCreationMessageKey;
	if (!key?.id) return undefined;
	// Only the vote's seal proves which poll it belongs to.
	const poll = context.contentOf(key.id, toPollAuthor(key, context)) ?? context.contentOf(key.id);
	const vote = pollUpdateMessage?.vote;
	const options = poll && vote ? readOptions(proto.Message.decode(poll), vote, key, context) : null;
	return { messageId: context.clipper.text(key.id, 'id'), options };
}

function readOptions(
	poll: proto.IMessage,
	vote: proto.Message.IPollEncValue,
	key: proto.IMessageKey,
	{ voter, identities, clipper }: VoteContext,
): string[] | null {
	const asked = findPoll(unwrapContent(poll).content);
	const secret = readSecret(poll);
	if (!asked || !secret || !key.id) return null;
	const opened = openSealed(
		{ use: 'Poll Vote', payload: vote.encPayload, iv: vote.encIv },
		{
			messageId: key.id,
			secret,
			authors: [...toJids(toCreator(key, identities)), ...toJids(identities.own)],
			senders: toJids(voter),
		},
	);
	if (!opened) return null;
	const { selectedOptions } = decodeBounded(proto.Message.PollVoteMessage, opened);
	const names = clipper.list(asked.options, 'options').map(({ optionName }) => optionName ?? '');
	const chosen = toNames(clipper.list(selectedOptions, 'options'), names);
	return chosen.map((name) => clipper.text(name, 'name'));
}

function toPollAuthor(key: proto.IMessageKey, { identities }: VoteContext): Author {
	if (key.fromMe || !key.participant) return { isFromMe: key.fromMe === true, names: [] };
	return toAuthorNamed(key.participant, identities);
}

function toCreator(key: proto.IMessageKey, identities: Identities): Identity {
	return key.fromMe ? identities.own : toIdentity([key.participant, key.remoteJid], identities);
}

/** Options are named by the hashes of their texts. */
function toNames(hashes: readonly Uint8Array[], options: readonly string[]): string[] {
	const chosen = new Set(hashes.map((hash) => Buffer.from(hash).toString('hex')));
	return options.filter((name) => chosen.has(createHash('sha256').update(name).digest('hex')));
}
