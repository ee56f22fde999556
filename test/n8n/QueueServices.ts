import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

/** What is used of the Postgres driver that n8n brings along. */
interface PostgresClient {
	connect(): Promise<void>;
	query(sql: string): Promise<unknown>;
	end(): Promise<void>;
}

/** What is used of the Redis driver that n8n brings along. */
interface RedisClient {
	connect(): Promise<void>;
	scan(cursor: string, match: 'MATCH', pattern: string): Promise<[next: string, keys: string[]]>;
	del(...keys: string[]): Promise<unknown>;
	disconnect(): void;
	on(event: 'error', listener: (error: Error) => void): unknown;
}

interface Drivers {
	pg: { Client: new (options: object) => PostgresClient };
	Redis: new (url: string, options: object) => RedisClient;
}

const CONNECT_TIMEOUT_MS = 3_000;

/** Where the servers are, for machines that have them elsewhere than on their standard ports. */
const postgresUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

/** A Postgres database and a prefix in Redis for one run of n8n in queue mode. */
export class QueueServices {
	/** Also what all keys in Redis begin with. */
	private readonly name = `n8n_test_${randomBytes(6).toString('hex')}`;

	private constructor(private readonly drivers: Drivers) {}

	/** Which servers do not answer, and why; empty when the story can be told. */
	static async listMissing(program: string): Promise<string[]> {
		const services = new QueueServices(loadDrivers(program));
		const lacks = async (server: string, task: Promise<unknown>) =>
			await task.then(
				() => [],
				(error: unknown) => [`${server} (${toReason(error)})`],
			);
		const found = await Promise.all([
			lacks(`Postgres at ${withoutPassword(postgresUrl)}`, services.query('SELECT 1')),
			lacks(
				`Redis at ${withoutPassword(redisUrl)}`,
				services.withRedis(async () => undefined),
			),
		]);
		return found.flat();
	}

	/** Makes the database. Drop it in the end. */
	static async create(program: string): Promise<QueueServices> {
		const services = new QueueServices(loadDrivers(program));
		await services.query(`CREATE DATABASE ${services.name}`);
		return services;
	}

	/** What tells every process of n8n to use them. */
	toEnv(): Record<string, string> {
		const postgres = new URL(postgresUrl);
		const redis = new URL(redisUrl);
		return {
			EXECUTIONS_MODE: 'queue',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: postgres.hostname,
			DB_POSTGRESDB_PORT: postgres.port || '5432',
			DB_POSTGRESDB_USER: decodeURIComponent(postgres.username),
			DB_POSTGRESDB_PASSWORD: decodeURIComponent(postgres.password),
			DB_POSTGRESDB_DATABASE: this.name,
			QUEUE_BULL_REDIS_HOST: redis.hostname,
			QUEUE_BULL_REDIS_PORT: redis.port || '6379',
			QUEUE_BULL_REDIS_USERNAME: decodeURIComponent(redis.username),
			QUEUE_BULL_REDIS_PASSWORD: decodeURIComponent(redis.password),
			QUEUE_BULL_PREFIX: this.name,
			N8N_REDIS_KEY_PREFIX: this.name,
		};
	}

	/** Removes the database and the keys, whoever is still connected. */
	async drop(): Promise<void> {
		await this.query(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`);
		await this.withRedis(async (redis) => {
			let cursor = '0';
			do {
				const [next, keys] = await redis.scan(cursor, 'MATCH', `*${this.name}*`);
				if (keys.length > 0) await redis.del(...keys);
				cursor = next;
			} while (cursor !== '0');
		});
	}

	private async query(sql: string): Promise<void> {
		const client = new this.drivers.pg.Client({
			connectionString: postgresUrl,
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		});
		await client.connect();
		try {
			await client.query(sql);
		} finally {
			await client.end();
		}
	}

	private async withRedis(task: (redis: RedisClient) => Promise<void>): Promise<void> {
		const redis = new this.drivers.Redis(redisUrl, {
			lazyConnect: true,
			connectTimeout: CONNECT_TIMEOUT_MS,
			retryStrategy: () => null,
		});
		// It rejects with "closed" and tells the reason apart.
		let reason: Error | undefined;
		redis.on('error', (error) => (reason ??= error));
		try {
			await redis.connect().catch((error: Error) => Promise.reject(reason ?? error));
			await task(redis);
		} finally {
			redis.disconnect();
		}
	}
}

/** n8n's own, so that the package needs none. */
function loadDrivers(program: string): Drivers {
	const load = createRequire(program);
	return {
		pg: load('pg') as Drivers['pg'],
		Redis: (load('ioredis') as { Redis: Drivers['Redis'] }).Redis,
	};
}

function toReason(error: unknown): string {
	const { message, code } = error as { message?: string; code?: string };
	return message || code || String(error);
}

function withoutPassword(url: string): string {
	const { protocol, host } = new URL(url);
	return `${protocol}//${host}`;
}
