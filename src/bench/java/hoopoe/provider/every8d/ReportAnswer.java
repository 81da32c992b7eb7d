package hoopoe.provider.every8d;

import hoopoe.provider.soap.SoapAnswer;

/** A page of a report on the way that it takes through this package: for the benchmark. */
public final class ReportAnswer {

    private ReportAnswer() {}

    /** @return how many rows there are in it */
    public static int rows(byte[] envelope) {
        var question = new ReportQuestion("", 1, true);
        var answer = (SoapAnswer.Result) SoapAnswer.read(envelope, question.operation());
        try {
            return question.read(answer).rows().size();
        } catch (Every8dRefusal e) {
            throw new IllegalStateException(e);
        }
    }
}
