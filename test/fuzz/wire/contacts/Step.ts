import fc from 'fast-check';

/** Where somebody writes: to the account itself, or in one of the groups of a scene. */
export type Place = 'direct' | 'team' | 'open' | 'late';

/** Which of what has been said so far; counted round, so that every number means something. */
type Pick = number;

/** What happens in a story. `by` is 0 for Ann and 1 for Lida; lies are Mallory's. */
export type Step =
	| { readonly kind: 'hear'; readonly by: number; readonly place: Place; readonly answers: boolean }
	| { readonly kind: 'say'; readonly to: 'ann' | 'lida' | 'mallory' | 'team' | 'open' | 'late' }
	| { readonly kind: 'edit' | 'delete' | 'read'; readonly which: Pick }
	| { readonly kind: 'call' }
	| { readonly kind: 'join' }
	| Lie;

export type Lie = {
	readonly kind: 'lie';
	readonly lie: LieKind;
	readonly which: Pick;
	readonly place: Place;
	/** Picks among the ways to tell it. */
	readonly way: number;
};

export const LIES = [
	...([
		'sameId',
		'sameId',
		'idOfLater',
		'revoke',
		'edit',
		'react',
		'quote',
		'vote',
		'askFor',
	] as const),
	...(['receipt', 'protocol', 'peer', 'deviceSent', 'call', 'notification', 'intrude'] as const),
] as const;

export type LieKind = (typeof LIES)[number];

const which = fc.nat(1_000);
const place = fc.constantFrom<Place>('direct', 'direct', 'open', 'late');

const lies = fc.record({
	kind: fc.constant('lie' as const),
	lie: fc.constantFrom(...LIES),
	which,
	place,
	way: fc.nat(1_000),
});

const honest = fc.oneof(
	fc.record({
		kind: fc.constant('hear' as const),
		by: fc.nat(1),
		place: fc.constantFrom<Place>('direct', 'direct', 'team', 'open', 'late'),
		answers: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('say' as const),
		to: fc.constantFrom('ann', 'lida', 'mallory', 'team', 'open', 'late'),
	}),
	fc.record({ kind: fc.constantFrom('edit', 'delete', 'read'), which }),
	fc.constant({ kind: 'call' as const }),
	fc.constant({ kind: 'join' as const }),
);

/** A story of honest people, with one among them who is not. */
export const stories: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof({ weight: 4, arbitrary: honest }, { weight: 6, arbitrary: lies }),
	{ minLength: 2, maxLength: 14 },
);
