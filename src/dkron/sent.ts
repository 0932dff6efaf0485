/** When a request goes onto its connection: until then it can be taken back, and nothing has happened. */
import type { Dispatcher } from 'undici';

/** A dispatcher that tells when what it is given is about to be written; its own connection comes first. */
export const telling = (
  dispatcher: Dispatcher,
  onSent: () => void,
): Pick<Dispatcher, 'dispatch'> => ({
  dispatch: (options, handler) =>
    dispatcher.dispatch(options, {
      onRequestStart: (controller, context) => {
        // Here it learns that it was taken back while there was no connection.
        handler.onRequestStart?.(controller, context);
        if (!controller.aborted) onSent();
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    }),
});
