package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts.TileSize;
import dev.tryon.vision.LinearLight;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A material as MaterialX 1.38: a standard_surface whose inputs are tiled images of {@link MapFiles}. */
final class MaterialXExport {
    static final String FILE = "material.mtlx";

    private final Material material;
    private final XMLStreamWriter xml;

    private MaterialXExport(Material material, XMLStreamWriter xml) {
        this.material = material;
        this.xml = xml;
    }

    /** Returns the MaterialX file. */
    static byte[] of(Material material) {
        var bytes = new ByteArrayOutputStream();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            new MaterialXExport(material, xml).write();
            xml.close();
        } catch (XMLStreamException failure) {
            throw new IllegalStateException("memory took no XML", failure);
        }
        return bytes.toByteArray();
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        start("materialx", "version", "1.38", "colorspace", "lin_rec709");
        image("basecolor_image", "color3", MapFiles.BASE_COLOR, "srgb_texture");
        image("roughness_image", "float", MapFiles.ROUGHNESS, "");
        image("metalness_image", "float", MapFiles.METALNESS, "");
        image("normal_image", "vector3", MapFiles.NORMAL, "");
        start("normalmap", "name", "normal", "type", "vector3");
        connected("in", "vector3", "normal_image");
        xml.writeEndElement();
        image("height_image", "float", MapFiles.HEIGHT, "");
        start("displacement", "name", "relief", "type", "displacementshader");
        connected("displacement", "float", "height_image");
        value("scale", "float", number(material.relief() * size().widthMillimetres() / 1000));
        xml.writeEndElement();
        if (material.maps().opacity().isPresent()) {
            image("opacity_image", "color3", MapFiles.OPACITY, "");
        }
        surface();
        start("surfacematerial", "name", material.id().replace('-', '_'), "type", "material");
        connected("surfaceshader", "surfaceshader", "surface");
        connected("displacementshader", "displacementshader", "relief");
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void surface() throws XMLStreamException {
        start("standard_surface", "name", "surface", "type", "surfaceshader");
        connected("base_color", "color3", "basecolor_image");
        connected("specular_roughness", "float", "roughness_image");
        connected("metalness", "float", "metalness_image");
        connected("normal", "vector3", "normal");
        if (material.maps().opacity().isPresent()) {
            connected("opacity", "color3", "opacity_image");
        }
        if (material.sheen().isPresent()) {
            var sheen = material.sheen().get();
            value("sheen", "float", "1");
            value(
                    "sheen_color",
                    "color3",
                    String.join(
                            ", ",
                            number(LinearLight.ofByte(sheen.color().red())),
                            number(LinearLight.ofByte(sheen.color().green())),
                            number(LinearLight.ofByte(sheen.color().blue()))));
            value("sheen_roughness", "float", number(sheen.roughness()));
        }
        xml.writeEndElement();
    }

    /** One picture, repeated to true scale over a surface whose coordinates run once a metre. */
    private void image(String name, String type, String file, String colorSpace) throws XMLStreamException {
        start("tiledimage", "name", name, "type", type);
        start("input", "name", "file", "type", "filename", "value", file);
        if (!colorSpace.isEmpty()) {
            xml.writeAttribute("colorspace", colorSpace);
        }
        xml.writeEndElement();
        value("realworldtilesize", "vector2", "1, 1");
        value(
                "realworldimagesize",
                "vector2",
                number(size().widthMillimetres() / 1000) + ", " + number(size().heightMillimetres() / 1000));
        xml.writeEndElement();
    }

    private TileSize size() {
        return material.nominalSize();
    }

    private void connected(String name, String type, String node) throws XMLStreamException {
        start("input", "name", name, "type", type, "nodename", node);
        xml.writeEndElement();
    }

    private void value(String name, String type, String value) throws XMLStreamException {
        start("input", "name", name, "type", type, "value", value);
        xml.writeEndElement();
    }

    private void start(String element, String... namesAndValues) throws XMLStreamException {
        xml.writeStartElement(element);
        for (var at = 0; at < namesAndValues.length; at += 2) {
            xml.writeAttribute(namesAndValues[at], namesAndValues[at + 1]);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
