import { NoAnswerError } from './NotSendableError';
import { silentLogger } from './silentLogger';

const UNANSWERED = 'timed out waiting for message';
const NOT_SENT_AGAIN = 'error in sending message again';

/**
 * Two things that Baileys tells nobody but its log. It goes on without the answer to a query: a group
 * message would then leave without the key for those whose devices are not known, and they could not read
 * it. And it acknowledges that a contact wants a message again though it could not be sent again.
 */
export class BaileysLog {
	private lacksAnswer = false;

	/** To be given to Baileys; what it is told goes no further. */
	readonly logger: typeof silentLogger = {
		...silentLogger,
		child: () => this.logger,
		warn: (_about, text) => {
			if (text === UNANSWERED) this.lacksAnswer = true;
		},
		error: (about, text) => {
			if (text !== NOT_SENT_AGAIN) return;
			const { ids = [] } = about as { ids?: string[] };
			for (const id of ids) this.onNotSentAgain(id);
		},
	};

	constructor(private readonly onNotSentAgain: (messageId: string) => void) {}

	/** From here on every query has to be answered. */
	begin(): void {
		this.lacksAnswer = false;
	}

	/** Throws NoAnswerError when a query was not answered since. */
	assertAnswered(): void {
		if (this.lacksAnswer) throw new NoAnswerError();
	}
}
