package io.socketharness.cli;

import io.socketharness.script.ScriptSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The messages of wrong usage: one for each problem, with its place and a hint. */
final class Problems {

    private Problems() {}

    /** A wrong option or parameter. */
    static String inUsage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String text = String.valueOf(wrong.getMessage());
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                text += "; did you mean " + near.get(0).replaceAll("=.*", "") + "?";
            }
        }
        return text + (text.endsWith("?") ? " " : "; ") + "see "
                + command.getCommandSpec().qualifiedName(" ") + " --help";
    }

    /** Reads a file, or says why it cannot be used. */
    static <T> T reading(Path file, Callable<T> read) {
        try {
            return read.call();
        } catch (ScriptSyntaxException wrong) {
            String prefix = "script line " + wrong.line() + ": ";
            String text = String.valueOf(wrong.getMessage());
            throw new UsageException(file + ":" + wrong.line() + ": "
                    + (text.startsWith(prefix) ? text.substring(prefix.length()) : text));
        } catch (IOException unreadable) {
            throw new UsageException(unusable(file, unreadable));
        } catch (UncheckedIOException unreadable) {
            throw new UsageException(unusable(file, Objects.requireNonNull(unreadable.getCause())));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(file + ": " + wrong.getMessage());
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** Why a file cannot be read or written. */
    static String unusable(Path file, IOException reason) {
        String text = String.valueOf(reason.getMessage());
        if (reason instanceof CharacterCodingException) {
            return file + ": it is not text in UTF-8";
        }
        if (reason instanceof NoSuchFileException) {
            return file + ": no such file";
        }
        if (reason instanceof AccessDeniedException) {
            return file + ": access denied";
        }
        if (reason instanceof FileAlreadyExistsException directory) {
            return file + ": " + directory.getFile() + " is not a directory";
        }
        if (reason instanceof FileSystemException named && named.getReason() != null) {
            return file + ": " + named.getReason();
        }
        return text.startsWith(file.toString()) ? text : file + ": " + text;
    }
}
