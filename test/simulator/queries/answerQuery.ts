import type { BinaryNode } from '@whiskeysockets/baileys';
import type { LoggedInClient } from '../connection/LoggedInClient';
import { countIn } from '../counters';
import type { SimulatorContext } from '../SimulatorContext';
import { childOf, childrenOf, errorOf, resultOf } from '../stanzas/element';
import { accountQueries } from './accountQueries';
import { groupChanges } from './groupChanges';
import { groupQueries } from './groupQueries';
import { isPing } from './isPing';
import { mediaQueries } from './mediaQueries';
import { preKeyQueries } from './preKeyQueries';
import { profileQueries } from './profileQueries';
import type { Answer, QueryTable } from './QueryTable';
import { startupQueries } from './startupQueries';
import { answerUsync } from './usync';

const queries: QueryTable = new Map<string, Answer>([
	...startupQueries,
	...preKeyQueries,
	...groupQueries,
	...groupChanges,
	...profileQueries,
	...mediaQueries,
	...accountQueries,
	['usync/get/usync', answerUsync],
]);

const RATE_OVERLIMIT = 429;

/** Answers an iq of a client: by the table, else with an empty result. */
export function answerQuery(
	context: SimulatorContext,
	client: LoggedInClient,
	request: BinaryNode,
): void {
	const { type = '', xmlns = '' } = request.attrs;
	if (type === 'result' || type === 'error') return;
	if (isPing(request) && context.faults.ignorePings) return;
	const name = `${xmlns}/${type}/${childrenOf(request)[0]?.tag ?? ''}`;
	const names = [name, ...toUsyncNames(name, request)];
	if (!isPing(request)) countIn(context.counters.queries, name);
	if (names.includes('usync/get/usync/contact')) context.counters.contactQueries++;
	if (isIgnored(context, names)) return;
	if (isOverGroupLimit(context, name, request)) {
		client.send(errorOf(request, RATE_OVERLIMIT, 'rate-overlimit'));
		return;
	}
	const answer = queries.get(name);
	if (!answer) {
		if (!isPing(request)) countIn(context.counters.unknownQueries, name);
		client.send(resultOf(request));
		return;
	}
	const reply = answer({ context, client, device: client.device, request });
	if (Array.isArray(reply)) {
		client.send(resultOf(request, reply));
	} else if ('code' in reply) {
		client.send(errorOf(request, reply.code, reply.text));
	} else {
		client.send(resultOf(request, reply.result));
		reply.after();
	}
}

function isIgnored({ faults: { ignoredQueries } }: SimulatorContext, names: string[]): boolean {
	const name = names.find((one) => ignoredQueries.has(one));
	if (name === undefined) return false;
	const left = ignoredQueries.get(name) ?? 0;
	if (left > 1) ignoredQueries.set(name, left - 1);
	else ignoredQueries.delete(name);
	return true;
}

/** A usync query also goes by the names of what it asks for: `usync/get/usync/contact` and the like. */
function toUsyncNames(name: string, request: BinaryNode): string[] {
	if (name !== 'usync/get/usync') return [];
	const protocols = childrenOf(childOf(childOf(request, 'usync'), 'query'));
	return protocols.map(({ tag }) => `${name}/${tag}`);
}

function isOverGroupLimit({ faults }: SimulatorContext, name: string, { attrs }: BinaryNode) {
	const { limit, seen } = faults.groupQueries;
	if (limit === undefined || attrs.xmlns !== 'w:g2' || attrs.type !== 'get') return false;
	const asked = `${name} ${attrs.to}`;
	countIn(seen, asked);
	return (seen[asked] ?? 0) > limit;
}
