import fc from 'fast-check';

/** The part of JSON Schema that the API's document uses. */
export interface Schema {
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
	readonly items?: Schema;
	readonly pattern?: string;
	readonly format?: string;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly minimum?: number;
	readonly maximum?: number;
}

/** Better values than a schema can name, by the name of the field. */
export type Hints = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const MANY = 5;

/** Values that fit a schema. `name` is that of the field. */
export function toArbitrary(schema: Schema, hints: Hints, name = ''): fc.Arbitrary<unknown> {
	const hint = Object.hasOwn(hints, name) ? hints[name] : undefined;
	if (hint) return hint;
	if (schema.enum) return fc.constantFrom(...schema.enum);
	if (schema.const !== undefined) return fc.constant(schema.const);
	const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['object']);
	return fc.oneof(...types.map((type) => ofType(type, schema, { hints, name })));
}

function ofType(
	type: string,
	schema: Schema,
	{ hints, name }: { hints: Hints; name: string },
): fc.Arbitrary<unknown> {
	switch (type) {
		case 'object':
			return toObject(schema, hints);
		case 'array':
			return fc.array(toArbitrary(schema.items ?? {}, hints, name), {
				minLength: schema.minItems ?? 0,
				maxLength: Math.min(schema.maxItems ?? MANY, (schema.minItems ?? 0) + MANY),
			});
		case 'boolean':
			return fc.boolean();
		case 'integer':
			return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000_000 });
		case 'number':
			return fc.double({
				min: schema.minimum ?? -1e15,
				max: schema.maximum ?? 1e15,
				noNaN: true,
			});
		case 'null':
			return fc.constant(null);
		default:
			return toText(schema);
	}
}

/** All that is required, and some of the rest. */
function toObject({ properties = {}, required = [] }: Schema, hints: Hints): fc.Arbitrary<unknown> {
	const values = Object.entries(properties).map(
		([name, schema]) => [name, toArbitrary(schema, hints, name)] as const,
	);
	return fc.record(Object.fromEntries(values), {
		requiredKeys: required.filter((name) => Object.hasOwn(properties, name)),
		noNullPrototype: true,
	});
}

function toText({ pattern, format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
	if (format === 'date-time') {
		return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
	}
	if (pattern !== undefined && pattern !== '\\S') return fc.stringMatching(new RegExp(pattern));
	return fc
		.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 40) })
		.map((text) => (pattern ? `x${text}`.slice(0, maxLength) : text));
}
