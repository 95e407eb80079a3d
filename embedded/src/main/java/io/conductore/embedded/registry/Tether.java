package io.conductore.embedded.registry;

import java.io.IOException;

/**
 * Runs another program's main class and ends the process when standard input does. The parent holds
 * the other end of it, so even a parent that was killed leaves no child behind. Runs on the child's
 * class path, where nothing else of this project may be assumed.
 */
public final class Tether {
  private Tether() {}

  /** First the class whose main is to run, then its own arguments. */
  public static void main(String[] args) throws ReflectiveOperationException {
    ignoreInterrupt();
    Thread.ofPlatform().daemon().name("tether").start(Tether::exitWithParent);
    var rest = java.util.Arrays.copyOfRange(args, 1, args.length);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  /** Ctrl-C goes to the parent's children too; it is the parent who decides when we end. */
  private static void ignoreInterrupt() throws ReflectiveOperationException {
    var signal = Class.forName("sun.misc.Signal");
    var handler = Class.forName("sun.misc.SignalHandler");
    signal
        .getMethod("handle", signal, handler)
        .invoke(
            null,
            signal.getConstructor(String.class).newInstance("INT"),
            handler.getField("SIG_IGN").get(null));
  }

  private static void exitWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes here; only the end counts.
      }
    } catch (IOException e) {
      // As good as an end.
    }
    System.exit(0);
  }
}
