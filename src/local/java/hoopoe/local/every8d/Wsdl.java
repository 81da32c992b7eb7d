package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The description that {@code GET …?WSDL} gives: document/literal wrapped, one port a version, like the public copy of the real one. */
final class Wsdl {
    private static final String HEAD = """
            <?xml version="1.0" encoding="utf-8"?>
            <wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" \
            xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" \
            xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" \
            xmlns:s="http://www.w3.org/2001/XMLSchema" \
            xmlns:tns="http://tempuri.org/" targetNamespace="http://tempuri.org/">
            """;

    private final List<Operation> operations;

    Wsdl(Switches switches) {
        operations = Arrays.stream(Operation.values())
                .filter(operation -> operation.isThere(switches))
                .toList();
    }

    String at(String address) {
        return HEAD
                + "<wsdl:types><s:schema elementFormDefault=\"qualified\" targetNamespace=\"http://tempuri.org/\">"
                + each(Wsdl::elements) + "</s:schema></wsdl:types>\n" + each(Wsdl::messages)
                + "<wsdl:portType name=\"SMSSoap\">" + each(Wsdl::portOperation) + "</wsdl:portType>\n"
                + binding("SMSSoap", "soap") + binding("SMSSoap12", "soap12") + "<wsdl:service name=\"SMS\">"
                + port("SMSSoap", "soap", address) + port("SMSSoap12", "soap12", address)
                + "</wsdl:service>\n</wsdl:definitions>\n";
    }

    private String each(Function<Operation, String> part) {
        return operations.stream().map(part).collect(Collectors.joining());
    }

    private static String elements(Operation operation) {
        String name = operation.wireName();
        String parameters = operation.parameters().stream().map(Wsdl::string).collect(Collectors.joining());
        return element(name, parameters) + element(name + "Response", string(name + "Result"));
    }

    private static String element(String name, String children) {
        return "<s:element name=\"" + name + "\"><s:complexType><s:sequence>" + children
                + "</s:sequence></s:complexType></s:element>\n";
    }

    private static String string(String name) {
        return "<s:element minOccurs=\"0\" maxOccurs=\"1\" name=\"" + name + "\" type=\"s:string\" />";
    }

    private static String messages(Operation operation) {
        String name = operation.wireName();
        return message(name + "SoapIn", name) + message(name + "SoapOut", name + "Response");
    }

    private static String message(String name, String element) {
        return "<wsdl:message name=\"" + name + "\"><wsdl:part name=\"parameters\" element=\"tns:" + element
                + "\" /></wsdl:message>\n";
    }

    private static String portOperation(Operation operation) {
        String name = operation.wireName();
        return "<wsdl:operation name=\"" + name + "\"><wsdl:input message=\"tns:" + name
                + "SoapIn\" /><wsdl:output message=\"tns:" + name + "SoapOut\" /></wsdl:operation>\n";
    }

    private String binding(String name, String prefix) {
        return "<wsdl:binding name=\"" + name + "\" type=\"tns:SMSSoap\"><" + prefix
                + ":binding transport=\"http://schemas.xmlsoap.org/soap/http\" />"
                + each(operation -> boundOperation(operation, prefix)) + "</wsdl:binding>\n";
    }

    private static String boundOperation(Operation operation, String prefix) {
        String literal = "<" + prefix + ":body use=\"literal\" />";
        return "<wsdl:operation name=\"" + operation.wireName() + "\"><" + prefix + ":operation soapAction=\""
                + operation.action() + "\" style=\"document\" /><wsdl:input>" + literal + "</wsdl:input><wsdl:output>"
                + literal + "</wsdl:output></wsdl:operation>\n";
    }

    private static String port(String name, String prefix, String address) {
        return "<wsdl:port name=\"" + name + "\" binding=\"tns:" + name + "\"><" + prefix + ":address location=\""
                + Xml.attribute(address) + "\" /></wsdl:port>\n";
    }
}
