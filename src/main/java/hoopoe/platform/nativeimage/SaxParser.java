package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;

/** Keeps out XML Schema, which comes with the SAX parser's constructors that Quarkus registers: see {@link XmlFactories}. */
@TargetClass(className = "com.sun.org.apache.xerces.internal.parsers.SAXParser")
final class SaxParser {

    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    public SaxParser() {
        throw new UnsupportedOperationException("SAX");
    }

    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    public SaxParser(Symbols symbols) {
        throw new UnsupportedOperationException("SAX");
    }

    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    public SaxParser(Symbols symbols, Grammars grammars) {
        throw new UnsupportedOperationException("SAX");
    }

    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    public SaxParser(Configuration configuration) {
        throw new UnsupportedOperationException("SAX");
    }

    @TargetClass(className = "com.sun.org.apache.xerces.internal.util.SymbolTable")
    static final class Symbols {}

    @TargetClass(className = "com.sun.org.apache.xerces.internal.xni.grammars.XMLGrammarPool")
    static final class Grammars {}

    @TargetClass(className = "com.sun.org.apache.xerces.internal.xni.parser.XMLParserConfiguration")
    static final class Configuration {}
}
