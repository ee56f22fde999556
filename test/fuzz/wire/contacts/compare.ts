import type { MessageView, ReceivedBody, StatusBody } from '../../../../contract';
import type { Scene } from './Scene';
import type { Said, Story } from './Story';

/** Everything in which what receivers were told, what the API answers and what people could read differs from the truth. */
export async function compare(scene: Scene, story: Story): Promise<string[]> {
	const { receiver } = scene.stage;
	const answers = await Promise.all(story.said.map((said) => checkAnswer(said, scene, story)));
	return [
		...missing(scene, story).map((what) => `missing: ${what}`),
		...receiver.of('received').flatMap((body) => checkReceived(body, scene, story)),
		...receiver.of('status').flatMap((body) => checkStatus(body, scene, story)),
		...twice(scene, story).map((what) => `told twice: ${what}`),
		...answers.flat(),
		...checkReaders(scene, story),
	];
}

/** What receivers have still to be told. */
export function missing(scene: Scene, story: Story): string[] {
	const { mallory, ann, stage } = scene;
	const told = new Set([
		...stage.receiver.of('received').map(toLine),
		...stage.receiver.of('status').map(toStatusLine),
	]);
	const wanted = story.said.flatMap((said) => {
		const { id, chat, author, texts, statuses } = said;
		const [first, ...edits] = author ? texts : [];
		const lines = [
			...(author ? [line(author.pn, chat, id, first)] : []),
			...edits.map((text) => line(author?.pn, chat, id, `edited ${text}`)),
		];
		return [...lines, ...[...statuses].map((status) => `${chat} ${id} ${status}`)];
	});
	const calls = story.calls.flatMap(({ id }) =>
		['ringing', 'missed'].map((status) => line(ann.pn, ann.pn, id, status)),
	);
	const hers = [...story.ofMallory].map((place) => {
		const [chat, id = ''] = place.split(' ');
		return line(mallory.pn, chat, id, 'something');
	});
	return [...wanted, ...calls, ...hers].filter((one) => !told.has(one));

	function toLine(body: ReceivedBody): string {
		const { sender, chat, messageId } = body;
		const phone = `${sender.phone}@s.whatsapp.net`;
		if (phone === mallory.pn) return line(phone, chat.id, messageId, 'something');
		return line(phone, chat.id, messageId, toWords(body));
	}
}

const line = (author: string | undefined, chat = '', id = '', words = ''): string =>
	`${chat} ${id} by ${author}: ${words}`;

const toWords = ({ call, edited, message }: ReceivedBody): string =>
	call?.status ?? (edited ? `edited ${message}` : message);

const toStatusLine = ({ number, messageId, status, participant }: StatusBody): string =>
	`${number.includes('@') ? number : `${number}@s.whatsapp.net`} ${messageId} ${status} ${participant}`;

function checkReceived(body: ReceivedBody, scene: Scene, story: Story): string[] {
	const { mallory, ann } = scene;
	const { sender, chat, messageId, fromMe } = body;
	const phone = `${sender.phone}@s.whatsapp.net`;
	const what = line(phone, chat.id, messageId, toWords(body));
	if (phone === mallory.pn) {
		const isElsewhere = chat.type === 'direct' && chat.id !== mallory.pn;
		if (isElsewhere || fromMe) return [`told of Mallory where she is not: ${what}`];
		return checkQuoted(body, story);
	}
	const isSaid = story.said.some(
		({ id, chat: place, author, texts }) =>
			id === messageId && place === chat.id && author?.pn === phone && texts.includes(body.message),
	);
	const isCall = body.call && phone === ann.pn && story.calls.some(({ id }) => id === messageId);
	return isSaid || isCall ? [] : [`told of what nobody said: ${what}`];
}

/** What she quotes of that chat is told as it was said, and what cannot be known is told as such. */
function checkQuoted({ quoted, chat }: ReceivedBody, story: Story): string[] {
	if (!quoted) return [];
	const { messageId, text, verified } = quoted;
	const said = story.said.find(({ id, chat: place }) => id === messageId && place === chat.id);
	const what = `${chat.id} ${messageId}: ${text}`;
	if (!said) {
		const isHers = story.isShadowed({ id: messageId, chat: chat.id });
		return verified && !isHers ? [`quoted what is not there: ${what}`] : [];
	}
	if (story.isShadowed(said) || said.isDeleted) return [];
	if (verified) return said.texts.includes(text ?? '') ? [] : [`quoted with other words: ${what}`];
	return story.quotedEarly.has(messageId) ? [] : [`quoted as if it were unknown: ${what}`];
}

function checkStatus(body: StatusBody, scene: Scene, story: Story): string[] {
	const { mallory } = scene;
	const told = toStatusLine(body);
	const [chat = ''] = told.split(' ');
	// In her own chat, and as herself in groups, she may say of herself what she likes.
	if (body.participant === mallory.pn && chat.endsWith('@g.us')) return [];
	const said = story.said.find(({ id, chat: place }) => id === body.messageId && place === chat);
	if (said?.statuses.has(`${body.status} ${body.participant}`)) return [];
	// Deletions and edits are messages too, and are delivered.
	const isDelivered = body.status === 'RECEIVED' && scene.haveGot(body.messageId);
	if (!said && isDelivered) return [];
	const isHers = story.isShadowed({ id: body.messageId, chat });
	if (isHers && body.status === 'DELETED') return [];
	if (chat === mallory.pn && body.status !== 'DELETED') return [];
	return [`${said ? 'marked by nobody who may' : 'a status of nothing'}: ${told}`];
}

function twice({ stage: { receiver }, mallory }: Scene, story: Story): string[] {
	const seen = new Set<string>();
	const isHers = ({ sender }: ReceivedBody) => `${sender.phone}@s.whatsapp.net` === mallory.pn;
	const lines = [
		...receiver
			.of('received')
			.filter((body) => !isHers(body) || toWords(body) === body.message)
			.filter((body) => !isHers(body) || !(body.reaction ?? body.pollVote ?? body.quoted))
			.map((body) => line(body.sender.phone ?? '', body.chat.id, body.messageId, toWords(body))),
		// Of two messages of one name in one chat each may be deleted: a status does not say which it is of.
		...receiver
			.of('status')
			.map(toStatusLine)
			.filter((told) => !(told.includes(' DELETED ') && isOfShadowed(told, story))),
	];
	return lines.filter((one) => seen.has(one) || !seen.add(one));
}

function isOfShadowed(told: string, story: Story): boolean {
	const [chat = '', id = ''] = told.split(' ');
	return story.isShadowed({ chat, id });
}

async function checkAnswer(said: Said, { stage }: Scene, story: Story): Promise<string[]> {
	const { id, chat, author, texts, isDeleted } = said;
	// Two of one name in one chat: the first is found, whoever wrote it.
	if (story.isShadowed(said)) return [];
	const path = `/api/message/${id}?chat=${encodeURIComponent(chat)}`;
	const view = await stage.call<MessageView>('GET', path);
	const what = `${chat} ${id}`;
	const problems = [
		view.chat.id === chat ? [] : `the answer for ${what} is of ${view.chat.id}`,
		view.message === texts.at(-1) ? [] : `the answer for ${what} says ${view.message}`,
		view.fromMe === !author ? [] : `the answer for ${what} is of somebody else`,
		view.statusHistory.some(({ status }) => status === 'DELETED') && !isDeleted
			? `the answer for ${what} is deleted`
			: [],
	];
	return problems.flat();
}

/** What people could read, and what the account has shown to them. */
function checkReaders(scene: Scene, story: Story): string[] {
	const { ann, lida, mallory } = scene;
	const leaks = [ann, lida, mallory].flatMap((reader) =>
		scene
			.inboxOf(reader)
			.flatMap(({ message, id }) =>
				story
					.leaksTo(reader, JSON.stringify(message))
					.map((text) => `${reader.name} could read ${text} in ${id}`),
			),
	);
	const changed = story.said
		.filter(({ author }) => !author)
		.flatMap(({ id, chat, texts, isDeleted }) => {
			const readers = [ann, lida].filter((one) => one.textOf(id) !== undefined);
			return readers
				.filter(
					(one) =>
						one.isDeleted(id) !== isDeleted || (!isDeleted && one.textOf(id) !== texts.at(-1)),
				)
				.map((one) => `${one.name} sees ${one.textOf(id)} as ${chat} ${id}`);
		});
	return [...leaks, ...changed];
}
