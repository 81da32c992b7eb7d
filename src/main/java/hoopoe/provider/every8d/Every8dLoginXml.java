package hoopoe.provider.every8d;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import org.jspecify.annotations.Nullable;

/** {@code SMS/GET_CONNECTION/(CODE, SESSION_KEY, DESCRIPTION)} */
@XmlType(name = "every8dConnection")
@XmlAccessorType(XmlAccessType.FIELD)
class Every8dLoginXml {

    @XmlElement(name = "GET_CONNECTION")
    @Nullable ConnectionElement connectionElement;

    @XmlType(name = "every8dConnectionAnswer")
    @XmlAccessorType(XmlAccessType.FIELD)
    static class ConnectionElement {

        @XmlElement(name = "CODE")
        @Nullable String code;

        @XmlElement(name = "SESSION_KEY")
        @Nullable String sessionKey;

        @XmlElement(name = "DESCRIPTION")
        @Nullable String description;
    }
}
