import type { proto } from '@whiskeysockets/baileys';
import type { PollDetails } from '../../../contract';
import { toWholeNumber } from './numbers';

/** A poll, in any of the forms WhatsApp has given it. */
export function readPoll(content: proto.IMessage): PollDetails | undefined {
	const poll =
		content.pollCreationMessage ??
		content.pollCreationMessageV2 ??
		content.pollCreationMessageV3 ??
		content.pollCreationMessageV5;
	if (!poll) return undefined;
	return {
		question: poll.name ?? '',
		options: (poll.options ?? []).map(({ optionName }) => optionName ?? ''),
		selectableCount: toWholeNumber(poll.selectableOptionsCount) ?? 0,
	};
}
