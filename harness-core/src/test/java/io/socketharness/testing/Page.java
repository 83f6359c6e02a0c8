package io.socketharness.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A page that a recording has written. It must be well-formed as XML. */
public final class Page {

    private final String source;
    private final Document document;

    private Page(String source, Document document) {
        this.source = source;
        this.document = document;
    }

    public static Page read(Path file) throws Exception {
        return new Page(
                Files.readString(file),
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
    }

    public String source() {
        return source;
    }

    public int size() throws IOException {
        return source.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The texts of what an XPath expression selects. */
    public List<String> all(String path) throws XPathExpressionException {
        NodeList found =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            Node one = found.item(i);
            texts.add(one.getTextContent());
        }
        return texts;
    }

    /** The text of the only element that an XPath expression selects. */
    public String one(String path) throws XPathExpressionException {
        List<String> all = all(path);
        if (all.size() != 1) {
            throw new AssertionError(path + " selects " + all + " in " + source);
        }
        return all.get(0);
    }

    /** The labels of the rows of the diagram. */
    public List<String> rows() throws XPathExpressionException {
        return all("//div[starts-with(@class, 'diagram')]//q");
    }
}
