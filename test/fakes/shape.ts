/** Whether a value is what a field of the contract holds. */
type Check = (value: unknown) => boolean;

interface Optional {
	optional: Check;
}

/** The fields of a request: the compiler holds names and optionality against the contract's type. */
export type Shape<Request> = {
	[Field in keyof Request]-?: undefined extends Request[Field] ? Optional : Check;
};

/** A shape without its type, to check with. */
export type AnyShape = Readonly<Record<string, Check | Optional>>;

export const isText: Check = (value) => typeof value === 'string';
export const isFilled: Check = (value) => typeof value === 'string' && value !== '';
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isFinite: Check = (value) => typeof value === 'number' && Number.isFinite(value);
export const isNumberInput: Check = (value) => isFilled(value) || isFinite(value);
export const isListOf =
	(check: Check): Check =>
	(value) =>
		Array.isArray(value) && value.every(check);
export const isOneOf =
	(values: ReadonlyArray<string | number>): Check =>
	(value) =>
		values.some((one) => one === value);
export const optional = (check: Check): Optional => ({ optional: check });

/** The first field that is missing, wrong or unknown; undefined when the body is as it should be. */
export function findFault(body: unknown, shape: AnyShape): string | undefined {
	if (typeof body !== 'object' || body === null) return 'the body';
	const fields = body as Record<string, unknown>;
	const unknown = Object.keys(fields).find((name) => !(name in shape));
	if (unknown !== undefined) return unknown;
	return Object.entries(shape).find(([name, check]) => !isRight(fields[name], check))?.[0];
}

function isRight(value: unknown, check: Check | Optional): boolean {
	if (typeof check === 'function') return check(value);
	return value === undefined || check.optional(value);
}
