package hoopoe.provider.every8d;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import jakarta.xml.bind.annotation.XmlValue;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code contentXML}, with own text per recipient (document §2.3): {@code <REPS><USER NAME="" MOBILE="+886900000001" EMAIL=""
 * SENDTIME=""><![CDATA[text]]></USER></REPS>}
 */
@XmlRootElement(name = "REPS")
@XmlType(name = "every8dContent")
@XmlAccessorType(XmlAccessType.FIELD)
class Every8dContentXml {

    @XmlElement(name = "USER")
    List<UserElement> users = new ArrayList<>();

    String document() {
        return Every8dClient.DOCUMENTS.writeCdata(this);
    }

    /** The attributes are written in the order of the fields. */
    @XmlType(name = "every8dContentUser")
    @XmlAccessorType(XmlAccessType.FIELD)
    static class UserElement {

        @XmlAttribute(name = "NAME")
        String name = "";

        @XmlAttribute(name = "MOBILE")
        String mobile = "";

        @XmlAttribute(name = "EMAIL")
        String email = "";

        @XmlAttribute(name = "SENDTIME")
        String sendTime = "";

        @XmlValue
        String text = "";
    }
}
