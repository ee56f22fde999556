import { NoAnswerError } from './NotSendableError';
import { silentLogger } from './silentLogger';

const UNANSWERED = 'timed out waiting for message';

/**
 * What Baileys tells nobody but its log: that it goes on without the answer to a query. A group message
 * would then leave without the key for those whose devices are not known, and they could not read it.
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
	};

	/** From here on every query has to be answered. */
	begin(): void {
		this.lacksAnswer = false;
	}

	/** Throws NoAnswerError when a query was not answered since. */
	assertAnswered(): void {
		if (this.lacksAnswer) throw new NoAnswerError();
	}
}
